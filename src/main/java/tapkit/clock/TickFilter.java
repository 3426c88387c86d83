package tapkit.clock;

/**
 * Delay-locked loops of second order (F. Adriaensen, "Using a DLL to filter time", 2005) that smooth the times of a steady tick.
 * The main loop listens widely at first (2 Hz) and narrows to 0.1 Hz, where a millisecond of jitter leaves a tenth. A scout of
 * 1.5 Hz runs beside it: when the two are further apart than jitter explains, the tempo has moved, and the main loop goes on from
 * the scout, wide again. Single outliers are passed over. Three in a row that are late by as many whole periods are of the same tempo after
 * ticks that were lost; any other three are a new tempo and lock both anew. Ticks that were held up and come all at once tell nothing. Not thread
 * safe.
 */
final class TickFilter {
    private static final double WIDE_HERTZ = 2;
    private static final double SCOUT_HERTZ = 1.5;
    private static final double NARROW_HERTZ = 0.1;
    private static final double NARROWING = 0.97;
    /** Weight of the newest error in the running mean. */
    private static final double MEMORY = 0.01;
    /** Standard deviations of the scout's own error at which it is believed. */
    private static final double APART = 4;
    /** Of a Gaussian, for its mean absolute deviation. */
    private static final double DEVIATION_PER_SPREAD = 1.25;
    /** Noise bandwidth of a loop damped as these are, in parts of its angular frequency. */
    private static final double NOISE_BANDWIDTH = 1.06;
    private static final double LEAST_SPREAD_NANOS = 20e3;
    private static final double OUTLIER_SPREADS = 5;
    private static final double LEAST_OUTLIER_NANOS = 1.5e6;
    private static final int OUTLIERS_OF_A_NEW_TEMPO = 3;
    /** Of the limit of an outlier, how far the mean of two may be from whole periods. */
    private static final double WHOLE_LIMIT = 0.5;
    /** Radians a tick: from 1.03 on such a loop swings ever further, which one of 2 Hz would at 30 bpm. */
    private static final double MOST_OMEGA = 0.8;

    /** Of 400 and of 10 quarter notes a minute: whatever comes, it is no other tempo. */
    private static final double SHORTEST_NANOS = 6.25e6;
    private static final double LONGEST_NANOS = 250e6;

    /** Shorter than the period of any tempo: 300 bpm has 8.3 ms. */
    private static final long DOUBLE_NANOS = 4_000_000;
    private static final double DOUBLE_PERIODS = 0.3;

    private final Loop main = new Loop();
    private final Loop scout = new Loop();
    private int seen;
    /** Whether a tick may be called an outlier: since the loops were locked there have been enough. */
    private boolean settled;
    private int outliers;
    /** How late the first of them was, by the main loop: over some ticks the scout's period is too rough. */
    private double firstLate;
    /** Mean distance of ticks from where the scout expects them. */
    private double spread;
    /** Times are kept against this, so that doubles stay exact over days. */
    private long baseNanos;
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
        return baseNanos + Math.round(main.time);
    }

    /** The smoothed time from tick to tick; only when {@link #locked}. */
    double periodNanos() {
        return main.period;
    }

    /** Takes a tick; returns how many were lost before it, where that shows. */
    int tick(long atNanos) {
        int lost = 0;
        seen++;
        if (seen == 1) {
            baseNanos = atNanos;
            main.time = 0;
        } else if (seen == 2) {
            relock(atNanos, (double) (atNanos - lastRaw));
        } else {
            remember(atNanos - lastRaw);
            lost = track(atNanos);
        }
        lastRaw = atNanos;
        return lost;
    }

    /**
     * Whether a tick is the last one again, come over a second cable: so close behind it as no tempo is, and where no tick is
     * expected. Ticks that were held up and come all at once are where they are expected, or later.
     */
    boolean isDouble(long atNanos) {
        long interval = atNanos - lastRaw;
        if (seen == 0 || interval >= DOUBLE_NANOS) {
            return false;
        }
        return !locked() || (interval < DOUBLE_PERIODS * scout.period
                && atNanos - baseNanos < scout.next - scout.period / 2);
    }

    /** Takes a tick whose phase is right whatever was expected; the period is kept. */
    void rephase(long atNanos) {
        if (locked()) {
            relock(atNanos, main.period);
            lastRaw = atNanos;
        } else {
            reset();
            tick(atNanos);
        }
    }

    private int track(long atNanos) {
        double at = atNanos - baseNanos;
        double late = at - scout.next;
        double limit = Math.max(OUTLIER_SPREADS * spread, LEAST_OUTLIER_NANOS);
        settled |= main.hertz < WIDE_HERTZ / 2;
        int lost = 0;
        if (!settled || Math.abs(late) <= limit) {
            outliers = 0;
        } else if (late > 0 && atNanos - lastRaw < DOUBLE_PERIODS * scout.period) { // held up behind another
            outliers = 0;
            pass();
            return 0;
        } else if (++outliers < OUTLIERS_OF_A_NEW_TEMPO) {
            firstLate = outliers == 1 ? at - main.next : firstLate;
            pass();
            return 0;
        } else {
            lost = lostBefore(at - main.next, limit);
            if (lost == 0) {
                relock(atNanos, (double) median(intervals));
                return 0;
            }
            outliers = 0;
            main.skip(lost);
            scout.skip(lost);
        }
        double error = Math.abs(at - scout.next);
        spread += MEMORY * (error - spread);
        main.narrow(NARROW_HERTZ);
        scout.narrow(SCOUT_HERTZ);
        main.take(at);
        scout.take(at);
        if (main.hertz < scout.hertz && Math.abs(main.time - scout.time) > APART * scoutDeviation()) {
            main.set(scout.time, scout.period, scout.hertz);
        }
        return lost;
    }

    /**
     * Ticks that were lost if those since are late by whole periods, all by as many; 0 if not: then the tempo is another, or the sender stood
     * still for a while.
     */
    private int lostBefore(double late, double limit) {
        double periods = (firstLate + late) / 2 / main.period;
        long whole = Math.round(periods);
        boolean alike = Math.abs(late - firstLate) <= limit && Math.abs(periods - whole) * main.period <= WHOLE_LIMIT * limit;
        return alike ? (int) Math.max(0, whole) : 0;
    }

    /** Runs on over a tick that is not believed. */
    private void pass() {
        main.skip(1);
        scout.skip(1);
    }

    /** How far the scout is from the truth, for no other reason than jitter. */
    private double scoutDeviation() {
        return DEVIATION_PER_SPREAD * Math.max(spread, LEAST_SPREAD_NANOS) * Math.sqrt(NOISE_BANDWIDTH * scout.omega());
    }

    private void relock(long atNanos, double period) {
        baseNanos = atNanos;
        main.set(0, period, WIDE_HERTZ);
        scout.set(0, period, WIDE_HERTZ);
        spread = 1e6;
        settled = false;
        outliers = 0;
    }

    private void remember(long interval) {
        System.arraycopy(intervals, 1, intervals, 0, intervals.length - 1);
        intervals[intervals.length - 1] = interval;
    }

    private static long median(long[] three) {
        return Math.max(Math.min(three[0], three[1]), Math.min(Math.max(three[0], three[1]), three[2]));
    }

    /** One loop: where the last tick was, where the next will be. */
    private static final class Loop {
        private double hertz;
        private double time;
        private double period;
        private double next;

        private void set(double newTime, double newPeriod, double newHertz) {
            time = newTime;
            period = Math.clamp(newPeriod, SHORTEST_NANOS, LONGEST_NANOS);
            next = time + period;
            hertz = newHertz;
        }

        private void narrow(double least) {
            hertz = Math.max(least, hertz * NARROWING);
        }

        /** Radians a tick. */
        private double omega() {
            return Math.min(2 * Math.PI * hertz * period / 1e9, MOST_OMEGA);
        }

        private void take(double at) {
            double error = at - next;
            time = next + Math.sqrt(2) * omega() * error;
            period = Math.clamp(period + omega() * omega() * error, SHORTEST_NANOS, LONGEST_NANOS);
            next = time + period;
        }

        /** Runs on over so many ticks. */
        private void skip(int ticks) {
            time = next + (ticks - 1) * period;
            next = time + period;
        }
    }
}
