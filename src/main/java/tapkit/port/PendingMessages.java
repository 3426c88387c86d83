package tapkit.port;

/**
 * Messages that wait for their time, earliest first; of equal times note-offs come first, so that a note that is struck again
 * is not cut by its own end, and equals keep their order. Messages of different times are never swapped, however close: the end of
 * a note must not overtake its beginning. Not thread-safe; nothing is allocated after construction.
 */
public final class PendingMessages {
    private final int[] messages;
    private final long[] atNanos;
    private int size;

    PendingMessages(int capacity) {
        messages = new int[capacity];
        atNanos = new long[capacity];
    }

    public int size() {
        return size;
    }

    boolean isFull() {
        return size == messages.length;
    }

    /** The message at a place, 0 being the earliest. */
    public int message(int index) {
        return messages[index];
    }

    /** The time of the message at a place. */
    public long atNanos(int index) {
        return atNanos[index];
    }

    /** Puts a message in its place; only while not {@link #isFull()}. Most messages come in order, so the search is from the end. */
    void add(int message, long at) {
        int index = size++;
        while (index > 0 && goesBefore(message, at, index - 1)) {
            messages[index] = messages[index - 1];
            atNanos[index] = atNanos[index - 1];
            index--;
        }
        messages[index] = message;
        atNanos[index] = at;
    }

    private boolean goesBefore(int message, long at, int other) {
        long difference = at - atNanos[other];
        if (difference != 0) {
            return difference < 0;
        }
        return MidiMessage.isNoteOff(message) && !MidiMessage.isNoteOff(messages[other]);
    }

    /** Takes the earliest messages out. */
    public void removeFirst(int count) {
        if (count > 0) {
            size -= count;
            System.arraycopy(messages, count, messages, 0, size);
            System.arraycopy(atNanos, count, atNanos, 0, size);
        }
    }

    void clear() {
        size = 0;
    }
}
