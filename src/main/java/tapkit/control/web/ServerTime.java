package tapkit.control.web;

/**
 * The server's clock as pages see it: milliseconds since a start. {@link System#nanoTime()} itself may be too large for the 53
 * bits of a page's numbers.
 *
 * @param startNanos the start, on {@link System#nanoTime()}'s clock
 */
record ServerTime(long startNanos) {
    /** How far back a page may date what it sends, in milliseconds. */
    static final double OLDEST_MS = 250;

    /** Milliseconds since the start, rounded to microseconds. */
    double millis(long atNanos) {
        return Math.round((atNanos - startNanos) / 1e3) / 1e3;
    }

    /**
     * A page's time on {@link System#nanoTime()}'s clock, never in the future and never older than {@link #OLDEST_MS}: a page
     * with a wrong idea of the time, or one that slept, cannot put taps where no hand was.
     *
     * @param millis since the start; NaN stands for now
     */
    long nanos(double millis, long nowNanos) {
        if (Double.isNaN(millis)) {
            return nowNanos;
        }
        double age = Math.clamp((nowNanos - startNanos) / 1e6 - millis, 0, OLDEST_MS);
        return nowNanos - Math.round(age * 1e6);
    }
}
