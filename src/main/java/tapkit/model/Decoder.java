package tapkit.model;

import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;

/**
 * Turns a {@link Prediction} into drums: one rule for the live path, the offline commands and the evaluation. Does not allocate.
 *
 * <p>At temperature 0 a cell is hit when its probability reaches its voice's threshold (chosen on validation); at temperature 1
 * a coin is thrown with the probability itself. Between, the threshold's log-odds fade in as the coin's fade out; above 1 the
 * odds flatten. Every tapped step is answered: where no voice passes, the one nearest to its threshold sounds. Hits at a tapped
 * step carry the player's microtiming; the loudest one carries exactly it, and the tap's velocity where that is known, which no
 * other hit of the step exceeds. Immutable, so any number of threads may share one.
 */
public final class Decoder {
    /** Log-odds of each voice's threshold, [voices]. */
    private final double[] withheld;
    private final double[] known;

    /** The same thresholds whether or not the taps' velocities are known. */
    public Decoder(float[] thresholds) {
        this(thresholds, thresholds);
    }

    /**
     * Thresholds, one for each voice, in (0, 1).
     *
     * @param withheld for taps without velocity
     * @param known    for taps with velocity
     */
    public Decoder(float[] withheld, float[] known) {
        this.withheld = logits(withheld);
        this.known = logits(known);
    }

    /**
     * Decides what sounds.
     *
     * @param temperature 0 for the thresholded answer, 1 for a draw from the network's own probabilities
     * @param seed        of the draw; the same seed and the same input give the same drums
     */
    public void decode(TapWindow taps, Prediction prediction, double temperature, long seed, Groove out) {
        double[] thresholds = taps.velocityKnown ? known : withheld;
        double fade = Math.max(0, 1 - temperature);
        out.clear();
        for (int step = 0; step < Grid.STEPS; step++) {
            boolean tapped = taps.taps[step] != 0;
            int best = 0;
            double bestOdds = Double.NEGATIVE_INFINITY;
            boolean any = false;
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                int cell = Grid.cell(step, voice);
                double logit = logit(prediction.probabilities[cell]);
                double odds = logit - thresholds[voice];
                if (odds > bestOdds) {
                    bestOdds = odds;
                    best = voice;
                }
                if (temperature <= 0 ? odds >= 0 : toss(seed, cell, (logit - fade * thresholds[voice]) / temperature)) {
                    any = true;
                    out.set(step, voice, offset(taps, prediction, step, cell), prediction.velocities[cell]);
                }
            }
            if (tapped && !any) {
                int cell = Grid.cell(step, best);
                out.set(step, best, offset(taps, prediction, step, cell), prediction.velocities[cell]);
            }
            if (tapped) {
                anchorLoudest(taps, step, out);
            }
        }
    }

    private static void anchorLoudest(TapWindow taps, int step, Groove out) {
        int loudest = -1;
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            int cell = Grid.cell(step, voice);
            if (out.hits[cell] != 0 && (loudest < 0 || out.velocities[cell] > out.velocities[loudest])) {
                loudest = cell;
            }
        }
        out.offsets[loudest] = taps.offsets[step];
        if (taps.velocityKnown) {
            out.velocities[loudest] = taps.velocities[step];
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                int cell = Grid.cell(step, voice);
                out.velocities[cell] = Math.min(out.velocities[cell], taps.velocities[step]);
            }
        }
    }

    private static float offset(TapWindow taps, Prediction prediction, int step, int cell) {
        float offset = taps.offsets[step] + prediction.offsets[cell];
        return Math.clamp(offset, -0.5f, 0.4999f);
    }

    private static double[] logits(float[] thresholds) {
        if (thresholds.length != Grid.VOICES) {
            throw new IllegalArgumentException("thresholds: " + thresholds.length + ", expected " + Grid.VOICES);
        }
        double[] logits = new double[thresholds.length];
        for (int voice = 0; voice < logits.length; voice++) {
            if (!(thresholds[voice] > 0 && thresholds[voice] < 1)) {
                throw new IllegalArgumentException("threshold " + thresholds[voice] + ", expected a number between 0 and 1");
            }
            logits[voice] = logit(thresholds[voice]);
        }
        return logits;
    }

    private static boolean toss(long seed, int cell, double odds) {
        return uniform(seed, cell) < 1 / (1 + Math.exp(-odds));
    }

    private static double logit(double p) {
        double q = Math.clamp(p, 1e-7, 1 - 1e-7);
        return Math.log(q / (1 - q));
    }

    /** A number in [0, 1) that depends on nothing but the seed and the cell (SplitMix64's finaliser). */
    private static double uniform(long seed, int cell) {
        long z = seed + (cell + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
    }
}
