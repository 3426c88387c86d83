package tapkit.port.alsa;

/**
 * How a queue's clock relates to {@link System#nanoTime()}. Both tick with the kernel's monotonic clock, so only a constant lies between
 * them; but a reading of the queue's clock may lag behind by the time that its last interrupt was late, so each window of readings
 * is judged by its best one. One thread measures, any thread reads.
 */
final class QueueTime {
    /** Beyond this the clocks have jumped (a machine was suspended): no smoothing. */
    private static final long JUMP_NANOS = 1_000_000;
    private static final int SMOOTHING = 8;

    private volatile long offsetNanos;
    private boolean measured;
    private long windowNanos = Long.MAX_VALUE;

    /**
     * Takes a reading into account.
     *
     * @param queueNanos the queue's clock
     * @param afterNanos nanoTime right after that was read: the true offset is at most the difference
     */
    void sample(long queueNanos, long afterNanos) {
        windowNanos = Math.min(windowNanos, afterNanos - queueNanos);
    }

    /** Ends a window of readings and moves the offset to what they say: the first time and after a jump at once, else by an eighth. */
    void update() {
        if (windowNanos == Long.MAX_VALUE) {
            return;
        }
        long old = offsetNanos;
        long difference = windowNanos - old;
        windowNanos = Long.MAX_VALUE;
        offsetNanos = old + (!measured || Math.abs(difference) > JUMP_NANOS ? difference : difference / SMOOTHING);
        measured = true;
    }

    /** The queue's time at an instant of nanoTime; 0 for all before the queue began. */
    long queueNanos(long atNanos) {
        return Math.max(0, atNanos - offsetNanos);
    }

    /** The instant of nanoTime at a time of the queue's. */
    long nanos(long queueNanos) {
        return queueNanos + offsetNanos;
    }
}
