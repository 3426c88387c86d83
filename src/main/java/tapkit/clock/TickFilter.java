package tapkit.clock;

/**
 * A delay-locked loop of second order (F. Adriaensen, "Using a DLL to filter time", 2005) that smooths the times of a steady
 * tick. It listens widely at first (2 Hz) and narrows to 0.2 Hz as the ticks hold still; errors that lean to one side (a ramp)
 * widen it again; single outliers are passed over, three in a row are a new tempo and lock it anew. Not thread safe.
 */
final class TickFilter {
    private static final double WIDE_HERTZ = 2;
    private static final double NARROW_HERTZ = 0.2;
    private static final double NARROWING = 0.94;
    private static final double WIDENING = 1.25;
    /** Weight of the newest error in the running means. */
    private static final double MEMORY = 0.05;
    /** Mean error, as part of the mean absolute error, above which the errors lean. */
    private static final double LEANING = 0.6;
    private static final double LEAST_LEANING_NANOS = 50e3;
    private static final double OUTLIER_SPREADS = 5;
    private static final double LEAST_OUTLIER_NANOS = 1.5e6;
    private static final int OUTLIERS_OF_A_NEW_TEMPO = 3;

    private int seen;
    private int outliers;
    private double hertz;
    private double spread;
    private double lean;
    private double period;
    /** Errors are kept against this, so that doubles stay exact over days. */
    private long baseNanos;
    private double time;
    private double next;
    private long lastRaw;
    private final long[] intervals = new long[OUTLIERS_OF_A_NEW_TEMPO];

    /** Forgets everything. */
    void reset() {
        seen = 0;
    }

    /** Whether a period is known. */
    boolean locked() {
        return seen >= 2;
    }

    /** The smoothed time of the last tick. */
    long timeNanos() {
        return baseNanos + Math.round(time);
    }

    /** The smoothed time from tick to tick; only when {@link #locked}. */
    double periodNanos() {
        return period;
    }

    /** Takes a tick. */
    void tick(long atNanos) {
        seen++;
        if (seen == 1) {
            baseNanos = atNanos;
            time = 0;
        } else if (seen == 2) {
            relock(atNanos, (double) (atNanos - lastRaw));
        } else {
            remember(atNanos - lastRaw);
            track(atNanos);
        }
        lastRaw = atNanos;
    }

    /** Takes a tick whose phase is right whatever was expected; the period is kept. */
    void rephase(long atNanos) {
        if (locked()) {
            relock(atNanos, period);
            lastRaw = atNanos;
        } else {
            reset();
            tick(atNanos);
        }
    }

    private void track(long atNanos) {
        double error = (atNanos - baseNanos) - next;
        boolean outlier = hertz < WIDE_HERTZ / 2 && Math.abs(error) > Math.max(OUTLIER_SPREADS * spread, LEAST_OUTLIER_NANOS);
        if (!outlier) {
            outliers = 0;
        } else if (++outliers == OUTLIERS_OF_A_NEW_TEMPO) {
            relock(atNanos, (double) median(intervals));
            return;
        } else {
            time = next;
            next += period;
            return;
        }
        spread += MEMORY * (Math.abs(error) - spread);
        lean += MEMORY * (error - lean);
        boolean leans = Math.abs(lean) > LEANING * spread && Math.abs(lean) > LEAST_LEANING_NANOS;
        hertz = leans ? Math.min(WIDE_HERTZ, hertz * WIDENING) : Math.max(NARROW_HERTZ, hertz * NARROWING);

        double omega = 2 * Math.PI * hertz * period / 1e9;
        time = next + Math.sqrt(2) * omega * error;
        period += omega * omega * error;
        next = time + period;
    }

    private void relock(long atNanos, double newPeriod) {
        baseNanos = atNanos;
        time = 0;
        period = newPeriod;
        next = period;
        hertz = WIDE_HERTZ;
        spread = 1e6;
        lean = 0;
        outliers = 0;
    }

    private void remember(long interval) {
        System.arraycopy(intervals, 1, intervals, 0, intervals.length - 1);
        intervals[intervals.length - 1] = interval;
    }

    private static long median(long[] three) {
        return Math.max(Math.min(three[0], three[1]), Math.min(Math.max(three[0], three[1]), three[2]));
    }
}
