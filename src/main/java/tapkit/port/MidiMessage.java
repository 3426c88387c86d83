package tapkit.port;

/**
 * A MIDI 1.0 short message packed into an int, so that the live path allocates nothing:
 * {@code status | data1 << 8 | data2 << 16}. One that came in also says by which input, in bits 24 to 27. Channels are counted from 0; drums go to channel 9 ("10" in MIDI's own counting).
 */
public final class MidiMessage {
    public static final int NOTE_OFF = 0x80;
    public static final int NOTE_ON = 0x90;
    public static final int CONTROL_CHANGE = 0xB0;
    public static final int PROGRAM_CHANGE = 0xC0;
    public static final int SONG_POSITION = 0xF2;
    public static final int CLOCK = 0xF8;
    public static final int START = 0xFA;
    public static final int CONTINUE = 0xFB;
    public static final int STOP = 0xFC;
    public static final int ACTIVE_SENSING = 0xFE;
    /** Controller 123: all notes off. */
    public static final int ALL_NOTES_OFF = 123;
    /** Controller 120: all sound off. */
    public static final int ALL_SOUND_OFF = 120;
    /** Inputs that can be told apart. */
    public static final int MOST_INPUTS = 16;
    /** The General MIDI drum channel, counted from 0. */
    public static final int DRUM_CHANNEL = 9;

    private MidiMessage() {
    }

    public static int pack(int status, int data1, int data2) {
        return (status & 0xFF) | ((data1 & 0x7F) << 8) | ((data2 & 0x7F) << 16);
    }

    public static int noteOn(int channel, int note, int velocity) {
        return pack(NOTE_ON | channel, note, velocity);
    }

    public static int noteOff(int channel, int note) {
        return pack(NOTE_OFF | channel, note, 0);
    }

    /** The same message, come by an input from 0 to {@link #MOST_INPUTS} − 1; for 0 it is the message itself. */
    public static int from(int input, int message) {
        return (message & 0xFFFFFF) | (input << 24);
    }

    /** Which input it came by: 0 for the first that was named, for all that were not, and for the page. */
    public static int input(int message) {
        return (message >>> 24) & (MOST_INPUTS - 1);
    }

    /** The whole status byte. */
    public static int status(int message) {
        return message & 0xFF;
    }

    /** The status byte without its channel, such as {@link #NOTE_ON}; system messages stay whole. */
    public static int kind(int message) {
        int status = message & 0xFF;
        return status >= 0xF0 ? status : status & 0xF0;
    }

    public static int channel(int message) {
        return message & 0x0F;
    }

    public static int data1(int message) {
        return (message >>> 8) & 0x7F;
    }

    public static int data2(int message) {
        return (message >>> 16) & 0x7F;
    }

    /** A note-on that sounds: one with velocity 0 is a note-off (MIDI 1.0, "running status"). */
    public static boolean isNoteOn(int message) {
        return kind(message) == NOTE_ON && data2(message) > 0;
    }

    public static boolean isNoteOff(int message) {
        int kind = kind(message);
        return kind == NOTE_OFF || (kind == NOTE_ON && data2(message) == 0);
    }

    /** Bytes of the message on the wire: 1, 2 or 3; 0 for what is no short message. */
    public static int length(int message) {
        return switch (kind(message)) {
            case 0x80, 0x90, 0xA0, 0xB0, 0xE0, 0xF2 -> 3;
            case 0xC0, 0xD0, 0xF1, 0xF3 -> 2;
            case 0xF6, 0xF8, 0xFA, 0xFB, 0xFC, 0xFE, 0xFF -> 1;
            default -> 0;
        };
    }
}
