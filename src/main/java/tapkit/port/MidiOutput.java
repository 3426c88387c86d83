package tapkit.port;

import java.util.function.LongConsumer;

/**
 * A port that messages leave by. {@link #send} belongs to one thread (the engine's); {@link #sendNow} and {@link #silence} may be
 * called from any.
 */
public interface MidiOutput {
    /**
     * Hands a message over to leave at a time. Never waits, locks or allocates.
     *
     * @param atNanos when it is to leave, on {@link System#nanoTime()}'s clock; a time that has passed means at once
     * @return false if the message could not be taken (the queue is full, the port is gone); the caller counts it
     */
    boolean send(int message, long atNanos);

    /**
     * Sends a message at once, before all that waits: over a server in the period that is being served or the next, at the frame of its
     * time if that is yet to come. Never waits, locks or allocates.
     *
     * @param atNanos when what caused it happened
     * @return false if the message could not be taken
     */
    boolean sendNow(int message, long atNanos);

    /** From now on this is told, by any thread, of each message sent at once: nanoseconds from its time until it was handed to the port. */
    void measureNow(LongConsumer nanos);

    /**
     * How long before its time a message wants to be handed over, so that the server, the kernel or the page can do the timing.
     */
    long leadNanos();

    /** How much later than its time a message leaves, because the user wants it so; at least 0. */
    default long delayNanos() {
        return 0;
    }

    /** Drops what has not left yet and ends every note that sounds: a note-off for each, then all notes off. */
    void silence();

    /** Takes and drops everything. */
    MidiOutput NONE = new MidiOutput() {
        @Override
        public boolean send(int message, long atNanos) {
            return true;
        }

        @Override
        public boolean sendNow(int message, long atNanos) {
            return true;
        }

        @Override
        public void measureNow(LongConsumer nanos) {
            // Nothing ever leaves.
        }

        @Override
        public long leadNanos() {
            return 0;
        }

        @Override
        public void silence() {
            // Nothing ever sounds here.
        }
    };
}
