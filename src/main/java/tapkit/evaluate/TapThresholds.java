package tapkit.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import tapkit.data.Window;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;
import tapkit.model.Decoder;
import tapkit.model.Prediction;

/**
 * Searches the thresholds that a model's probabilities are decoded with, one for each voice. The score is micro F1 + weight ·
 * macro F1 over all windows that were added, as the {@link Decoder} answers them at temperature 0, within {@link Limits} of how
 * far the answers as a whole may be from drummers'. Thresholds that lead F1 alone are lazy: too many of the usual voices' hits.
 */
public final class TapThresholds {
    /** Candidates, evenly spaced in log-odds: probabilities of 0.03 to 0.92. */
    private static final float[] CANDIDATES = candidates();
    /** How many candidates a voice's threshold moves at once, from coarse to fine; the coarse ones over the whole range. */
    private static final int[] STRIDES = {4, 2, 1, 3, 1};
    private static final int ROUNDS = 6;
    /** What a score loses for each unit beyond a limit: more than any gain in F1. */
    private static final double PENALTY = 6;
    /** A random number for each cell; a pattern's are combined to a key that no two patterns share but by great ill luck. */
    private static final long[] KEYS = new SplittableRandom(1).longs(Grid.CELLS).toArray();

    private final double macroWeight;
    private final Limits limits;
    private final Set<Long> known;
    private final List<Example> examples = new ArrayList<>();
    private final double[] truthByVoice = new double[Grid.VOICES];
    private final double[] truthByPlace = new double[Grid.STEPS_PER_BAR * Grid.VOICES];

    /**
     * An empty search.
     *
     * @param macroWeight worth of macro F1 beside micro F1, such as 0.6
     * @param training    windows that answers should not copy; may be empty
     */
    public TapThresholds(double macroWeight, Limits limits, List<Window> training) {
        this.macroWeight = macroWeight;
        this.limits = limits;
        known = training.stream().map(window -> key(window.groove())).collect(Collectors.toSet());
    }

    /**
     * How far answers may be from the truth, all windows together.
     *
     * @param hits    greatest |hits / truth − 1|
     * @param placeJs greatest Jensen-Shannon divergence of hits by voice and step of the bar, in bits
     * @param copies  greatest share of windows whose hits are exactly a training window's
     */
    public record Limits(double hits, double placeJs, double copies) {
        /** None but of the number of hits. */
        public static Limits ofHits(double hits) {
            return new Limits(hits, 1, 1);
        }
    }

    /** One window: log-odds of each cell, what was played there, where the taps are. */
    private static final class Example {
        private final double[] odds = new double[Grid.CELLS];
        private final float[] truth;
        private final float[] taps;

        private Example(float[] truth, float[] taps) {
            this.truth = truth;
            this.taps = taps;
        }
    }

    /** Adds what a model says about one window, and what was played there. */
    public void add(TapWindow window, Prediction prediction, Groove truth) {
        Example example = new Example(truth.hits.clone(), window.taps.clone());
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            example.odds[cell] = Decoder.logOdds(prediction.probabilities[cell]);
            truthByVoice[cell % Grid.VOICES] += truth.hits[cell];
            truthByPlace[cell % truthByPlace.length] += truth.hits[cell];
        }
        examples.add(example);
    }

    /**
     * What was found.
     *
     * @param values    a threshold for each voice
     * @param f1        micro F1 that they reach
     * @param macroF1   mean of the voices' F1
     * @param hitsRatio hits against those of the truth
     * @param placeJs   divergence of hits by voice and step of the bar
     * @param copies    share of windows that copy a training window
     */
    public record Found(List<Float> values, double f1, double macroF1, double hitsRatio, double placeJs, double copies) {
        /** The thresholds as an array. */
        public float[] thresholds() {
            float[] thresholds = new float[values.size()];
            for (int voice = 0; voice < thresholds.length; voice++) {
                thresholds[voice] = values.get(voice);
            }
            return thresholds;
        }
    }

    /** Searches; the same windows give the same thresholds. */
    public Found search() {
        int[] at = new int[Grid.VOICES];
        Arrays.fill(at, CANDIDATES.length / 2);
        double score = score(at);
        for (int stride : STRIDES) {
            double before = Double.NEGATIVE_INFINITY;
            for (int round = 0; round < ROUNDS && score > before; round++) {
                before = score;
                for (int voice = 0; voice < Grid.VOICES; voice++) {
                    score = stride == STRIDES[0] ? scan(at, voice, stride, score) : score;
                    score = move(at, voice, voice, stride, score);
                    score = move(at, voice, voice, -stride, score);
                    for (int other = 0; other < Grid.VOICES; other++) {
                        score = other == voice ? score : move(at, voice, other, stride, score);
                    }
                }
            }
        }
        return decoded(at);
    }

    /** Tries one voice's candidates from end to end, for a rare voice may sound too often or never and be worse between. */
    private double scan(int[] at, int voice, int stride, double score) {
        double best = score;
        for (int candidate = 0; candidate < CANDIDATES.length; candidate += stride) {
            int before = at[voice];
            at[voice] = candidate;
            double now = score(at);
            if (now > best) {
                best = now;
            } else {
                at[voice] = before;
            }
        }
        return best;
    }

    /**
     * Raises one voice's threshold, and lowers another's by as much if it is another, as long as the score rises.
     *
     * @return the score then
     */
    private double move(int[] at, int up, int down, int stride, double score) {
        double best = score;
        while (true) {
            int[] moved = at.clone();
            moved[up] += stride;
            moved[down] -= up == down ? 0 : stride;
            if (Math.min(moved[up], moved[down]) < 0 || Math.max(moved[up], moved[down]) >= CANDIDATES.length) {
                return best;
            }
            double now = score(moved);
            if (now <= best) {
                return best;
            }
            best = now;
            System.arraycopy(moved, 0, at, 0, at.length);
        }
    }

    private double score(int[] at) {
        Found found = decoded(at);
        double excess = Math.max(0, Math.abs(found.hitsRatio - 1) - limits.hits)
                + Math.max(0, found.placeJs - limits.placeJs) + Math.max(0, found.copies - limits.copies);
        return found.f1 + macroWeight * found.macroF1 - PENALTY * excess;
    }

    /** What these candidates reach, by the decoder's rule. */
    private Found decoded(int[] at) {
        Tally tally = new Tally(at);
        examples.forEach(tally::count);
        double both = Arrays.stream(tally.both).sum();
        double made = Arrays.stream(tally.made).sum();
        double truth = Arrays.stream(truthByVoice).sum();
        double macro = 0;
        List<Float> values = new ArrayList<>();
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            values.add(CANDIDATES[at[voice]]);
            macro += 2 * tally.both[voice] / Math.max(1, tally.made[voice] + truthByVoice[voice]) / Grid.VOICES;
        }
        return new Found(values, 2 * both / Math.max(1, made + truth), macro, made / Math.max(1, truth),
                Statistics.jensenShannon(truthByPlace, tally.byPlace), tally.copies / Math.max(1, examples.size()));
    }

    /** Counts what thresholds make of the examples. */
    private final class Tally {
        private final double[] thresholds;
        private final double[] both = new double[Grid.VOICES];
        private final double[] made = new double[Grid.VOICES];
        private final double[] byPlace = new double[truthByPlace.length];
        private double copies;

        private Tally(int[] at) {
            thresholds = Arrays.stream(at).mapToDouble(candidate -> Decoder.logOdds(CANDIDATES[candidate])).toArray();
        }

        private void count(Example example) {
            long key = 0;
            for (int step = 0; step < Grid.STEPS; step++) {
                int nearest = -1;
                double nearestOdds = Double.NEGATIVE_INFINITY;
                for (int voice = 0; voice < Grid.VOICES; voice++) {
                    int cell = Grid.cell(step, voice);
                    double odds = example.odds[cell] - thresholds[voice];
                    if (odds >= 0) {
                        key ^= hit(example, cell, voice);
                    }
                    if (odds > nearestOdds) {
                        nearestOdds = odds;
                        nearest = voice;
                    }
                }
                if (nearestOdds < 0 && example.taps[step] != 0) {
                    key ^= hit(example, Grid.cell(step, nearest), nearest);
                }
            }
            copies += known.contains(key) ? 1 : 0;
        }

        private long hit(Example example, int cell, int voice) {
            made[voice]++;
            both[voice] += example.truth[cell];
            byPlace[cell % byPlace.length]++;
            return KEYS[cell];
        }
    }

    private static long key(Groove groove) {
        long key = 0;
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            key ^= groove.hits[cell] != 0 ? KEYS[cell] : 0;
        }
        return key;
    }

    private static float[] candidates() {
        float[] candidates = new float[121];
        for (int i = 0; i < candidates.length; i++) {
            candidates[i] = (float) (1 / (1 + Math.exp(3.5 - 0.05 * i)));
        }
        return candidates;
    }
}
