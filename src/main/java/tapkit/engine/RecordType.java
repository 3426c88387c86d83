package tapkit.engine;

/** What a record of a session's journal is: its first byte. The numbers are part of the file's format. */
final class RecordType {
    /** A turn of the engine in which something happened; all records up to the next one belong to it. */
    static final int TURN = 1;
    static final int PAD = 2;
    static final int CLOCK = 3;
    static final int TRANSPORT = 4;
    static final int CONTROL = 5;
    /** An answer about a bar. */
    static final int BAR = 6;
    /** An answer about what a tap would be. */
    static final int TAP = 7;
    /** What a fill was drawn to be. */
    static final int FILL = 8;
    /** A message that a port did not take, by its number. */
    static final int REFUSED = 9;
    /** A question for which there was no room, by its number. */
    static final int UNASKED = 10;
    /** A port wants its messages another time ahead. */
    static final int LEAD = 11;
    /** How many messages and events there were, and their sum. */
    static final int CHECK = 12;
    /** The session's orderly end, in its last turn. */
    static final int END = 13;

    private RecordType() {
    }
}
