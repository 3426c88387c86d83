package tapkit.model;

import tapkit.grid.Grid;

/**
 * What a drummer's hands do of themselves, as numbers of mean 0 and variance 1: most of it drifts over half bars and is common to
 * the kit, some is the step's, some the single stroke's. A function of the seed and the place, so any part of a performance can be
 * played by itself.
 */
final class Drift {
    /** Steps between two places that are drawn; in between there is a line. */
    private static final int KNOT_STEPS = 8;
    /** Shares of the variance. */
    private static final double SLOW = 0.5;
    private static final double STEP = 0.25;
    private static final double STROKE = 0.25;

    private static final long SLOW_STREAM = 0x51;
    private static final long STEP_STREAM = 0x52;
    private static final long STROKE_STREAM = 0x53;
    private static final long COIN_STREAM = 0x54;

    private Drift() {
    }

    /**
     * The deviation of one stroke.
     *
     * @param step counted from the start of the performance
     */
    static double at(long seed, long step, int voice) {
        long knot = Math.floorDiv(step, KNOT_STEPS);
        double part = Math.floorMod(step, KNOT_STEPS) / (double) KNOT_STEPS;
        double slow = (1 - part) * gaussian(seed, SLOW_STREAM, knot) + part * gaussian(seed, SLOW_STREAM, knot + 1);
        // Between two draws their mean varies less than each.
        slow /= Math.sqrt((1 - part) * (1 - part) + part * part);
        return Math.sqrt(SLOW) * slow + Math.sqrt(STEP) * gaussian(seed, STEP_STREAM, step)
                + Math.sqrt(STROKE) * gaussian(seed, STROKE_STREAM, step * Grid.VOICES + voice);
    }

    /** A number in [0, 1) of one stroke. */
    static double uniform(long seed, long step, int voice) {
        return (bits(seed, COIN_STREAM, step * Grid.VOICES + voice) >>> 11) * 0x1.0p-53;
    }

    /** Box and Muller's transform of two numbers that depend on nothing but the arguments. */
    private static double gaussian(long seed, long stream, long index) {
        long z = bits(seed, stream, index);
        double u = ((z >>> 11) + 0.5) * 0x1.0p-53;
        double v = (mix(z) >>> 11) * 0x1.0p-53;
        return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
    }

    private static long bits(long seed, long stream, long index) {
        return mix(mix(seed + stream * 0x9E3779B97F4A7C15L) + index * 0x9E3779B97F4A7C15L);
    }

    /** SplitMix64's finaliser. */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
