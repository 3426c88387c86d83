package tapkit.model;

import java.util.Arrays;
import java.util.List;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;

/**
 * Turns a {@link Prediction} into drums: one rule for the live path, the offline commands and the evaluation. Does not allocate.
 *
 * <p>At temperature 0 a cell is hit when its probability reaches its voice's threshold ({@link VoiceRule}s are chosen on
 * validation, so that hits, voices and velocities are as many and as varied as a drummer's); at temperature 1
 * a coin is thrown with the probability itself. Between, the threshold's log-odds fade in as the coin's fade out; above 1 the
 * odds flatten. Every tapped step is answered: where no voice passes, the one nearest to its threshold sounds. Hits at a tapped
 * step carry the player's microtiming; the loudest one carries exactly it, and the tap's velocity where that is known, which no
 * other hit of the step exceeds. Immutable, so any number of threads may share one.
 */
public final class Decoder {
    /** The quietest that spreading makes a hit which was louder; one in a hundred of the Groove MIDI Dataset's is quieter. */
    private static final float QUIETEST = 0.07f;

    private final Rules withheld;
    private final Rules known;

    /** The same thresholds whether or not the taps' velocities are known, and velocities as the network says them. */
    public Decoder(float[] thresholds) {
        this(VoiceRule.plain(thresholds), VoiceRule.plain(thresholds));
    }

    /**
     * Rules, one for each voice.
     *
     * @param withheld for taps without velocity
     * @param known    for taps with velocity
     */
    public Decoder(List<VoiceRule> withheld, List<VoiceRule> known) {
        this.withheld = new Rules(withheld);
        this.known = new Rules(known);
    }

    private Decoder(Rules withheld, Rules known) {
        this.withheld = withheld;
        this.known = known;
    }

    /** The same, but at temperature 0 each cell is whatever is likelier, hit or rest: argmax. */
    public Decoder argmax() {
        return new Decoder(withheld.argmax(), known.argmax());
    }

    /**
     * Decides what sounds.
     *
     * @param temperature 0 for the thresholded answer, 1 for a draw from the network's own probabilities
     * @param seed        of the draw; the same seed and the same input give the same drums
     */
    public void decode(TapWindow taps, Prediction prediction, double temperature, long seed, Groove out) {
        Rules rules = taps.velocityKnown ? known : withheld;
        double fade = Math.max(0, 1 - temperature);
        out.clear();
        for (int step = 0; step < Grid.STEPS; step++) {
            boolean tapped = taps.taps[step] != 0;
            int best = 0;
            double bestOdds = Double.NEGATIVE_INFINITY;
            boolean any = false;
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                int cell = Grid.cell(step, voice);
                double logit = logOdds(prediction.probabilities[cell]);
                double odds = logit - rules.thresholds[voice];
                if (odds > bestOdds) {
                    bestOdds = odds;
                    best = voice;
                }
                if (temperature <= 0 ? odds >= 0 : toss(seed, cell, (logit - fade * rules.thresholds[voice]) / temperature)) {
                    any = true;
                    out.set(step, voice, offset(taps, prediction, step, cell), rules.velocity(prediction, cell));
                }
            }
            if (tapped && !any) {
                int cell = Grid.cell(step, best);
                out.set(step, best, offset(taps, prediction, step, cell), rules.velocity(prediction, cell));
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

    private static boolean toss(long seed, int cell, double odds) {
        return uniform(seed, cell) < 1 / (1 + Math.exp(-odds));
    }

    /** Logarithm of the odds p / (1 - p), of finite size whatever p. */
    public static double logOdds(double p) {
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

    /** {@link VoiceRule}s as arrays, which the JIT likes better. */
    private static final class Rules {
        /** Log-odds, [voices]. */
        private final double[] thresholds = new double[Grid.VOICES];
        private final float[] gains = new float[Grid.VOICES];
        private final float[] shifts = new float[Grid.VOICES];

        private Rules(List<VoiceRule> rules) {
            if (rules.size() != Grid.VOICES) {
                throw new IllegalArgumentException("rules for " + rules.size() + " voices, expected " + Grid.VOICES);
            }
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                thresholds[voice] = logOdds(rules.get(voice).threshold());
                gains[voice] = rules.get(voice).gain();
                shifts[voice] = rules.get(voice).shift();
            }
        }

        private Rules(Rules lines, double threshold) {
            Arrays.fill(thresholds, threshold);
            System.arraycopy(lines.gains, 0, gains, 0, gains.length);
            System.arraycopy(lines.shifts, 0, shifts, 0, shifts.length);
        }

        private Rules argmax() {
            return new Rules(this, logOdds(0.5));
        }

        private float velocity(Prediction prediction, int cell) {
            float said = prediction.velocities[cell];
            int voice = cell % Grid.VOICES;
            return Math.clamp(gains[voice] * said + shifts[voice], Math.min(said, QUIETEST), 1f);
        }
    }
}
