package tapkit.port.jack;

/**
 * What the frames of the current period mean in time. JACK's microseconds are turned into {@link System#nanoTime()} by a constant
 * that is measured at the start. The mapping is continuous from period to period, so every time belongs to one frame of one period.
 * Not thread-safe: the process callback's.
 */
final class CycleTime {
    /** A server this far behind is ill; so far behind nobody could play. */
    private static final long ILL_NANOS = 100_000_000;

    private final long offsetNanos;
    /** How far an ill server is behind by its own account; 0 while it is well. */
    private long lagNanos;
    private long startNanos;
    private double framesPerNano;

    /** @param offsetNanos nanoTime − 1000 · JACK's time */
    CycleTime(long offsetNanos) {
        this.offsetNanos = offsetNanos;
    }

    /**
     * Begins a period: frame 0 is at {@code startMicros} on JACK's clock, frame {@code frames} at {@code endMicros}. A server that got too
     * little of the processor for a while can lag seconds behind and never catch up (jackd's dummy driver does): then its periods are
     * taken to begin that much later, by the least that it was behind since, so that one call that comes late moves nothing.
     */
    void begin(long startMicros, long endMicros, int frames, long nowNanos) {
        long servedNanos = startMicros * 1000 + offsetNanos;
        long behind = nowNanos - servedNanos;
        if (behind > lagNanos + ILL_NANOS) {
            lagNanos = behind;
        } else if (behind < lagNanos) {
            lagNanos = Math.max(behind, 0);
        }
        startNanos = servedNanos + lagNanos;
        framesPerNano = frames / ((endMicros - startMicros) * 1000.0);
    }

    /** The frame nearest to a time, counted from the period's first: negative if it has passed, at least the period's length if yet to come. */
    int frameAt(long atNanos) {
        // Saturates for times far away; floor(x + ½) because Math.round's ties are the same and this needs no long.
        return (int) Math.floor((atNanos - startNanos) * framesPerNano + 0.5);
    }

    /** The time of a frame of this period. */
    long nanosAt(int frame) {
        return startNanos + Math.round(frame / framesPerNano);
    }
}
