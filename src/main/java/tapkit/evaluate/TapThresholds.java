package tapkit.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;
import tapkit.model.Decoder;
import tapkit.model.Prediction;

/**
 * Searches the thresholds that a model's probabilities are decoded with, one for each voice. The score is micro F1 + weight ·
 * macro F1 over all windows that were added, as the {@link Decoder} answers them at temperature 0; hits per bar must stay near
 * those of the truth.
 */
public final class TapThresholds {
    /** Candidates, evenly spaced in log-odds: probabilities of 0.03 to 0.82. */
    private static final float[] CANDIDATES = candidates();
    private static final int[][] PAIR_MOVES = {{1, -1}, {2, -1}, {1, -2}, {3, -1}, {1, -3}, {4, -4}};
    private static final int ROUNDS = 4;
    /** What a score loses for each unit of hits per bar beyond the limit: more than any gain in F1. */
    private static final double PENALTY = 6;

    private final double macroWeight;
    private final double limit;
    private final List<float[]> probabilities = new ArrayList<>();
    private final List<float[]> truths = new ArrayList<>();
    private final List<float[]> taps = new ArrayList<>();

    /**
     * An empty search.
     *
     * @param macroWeight worth of macro F1 beside micro F1, such as 0.6
     * @param limit       greatest |hits per bar / truth − 1|, such as 0.1
     */
    public TapThresholds(double macroWeight, double limit) {
        this.macroWeight = macroWeight;
        this.limit = limit;
    }

    /** Adds what a model says about one window, and what was played there. */
    public void add(TapWindow window, Prediction prediction, Groove truth) {
        probabilities.add(prediction.probabilities.clone());
        truths.add(truth.hits.clone());
        taps.add(window.taps.clone());
    }

    /**
     * What was found.
     *
     * @param values    a threshold for each voice
     * @param f1        micro F1 that they reach
     * @param macroF1   mean of the voices' F1
     * @param hitsRatio hits against those of the truth
     */
    public record Found(List<Float> values, double f1, double macroF1, double hitsRatio) {
        /** The thresholds as a {@link Decoder} wants them. */
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
        Counts passing = passing();
        int[] at = new int[Grid.VOICES];
        Arrays.fill(at, CANDIDATES.length / 2);
        Found best = found(at, passing, answeredForWant(at));
        for (int round = 0; round < ROUNDS; round++) {
            // Hits that answer a tap for want of any other hang on all thresholds at once: they are counted anew each round.
            climb(at, passing, answeredForWant(at));
            Found now = found(at, passing, answeredForWant(at));
            if (score(now) > score(best)) {
                best = now;
            }
        }
        return best;
    }

    /** Note cells for each voice and candidate: those in truth and answer, those of the answer; and those of the truth. */
    private static final class Counts {
        private final double[][] both = new double[Grid.VOICES][CANDIDATES.length];
        private final double[][] made = new double[Grid.VOICES][CANDIDATES.length];
        private final double[] truth = new double[Grid.VOICES];
    }

    private void climb(int[] at, Counts passing, double[][] forWant) {
        double score = score(at, passing, forWant);
        for (boolean better = true; better;) {
            double before = score;
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                for (int candidate = 0; candidate < CANDIDATES.length; candidate++) {
                    int old = at[voice];
                    at[voice] = candidate;
                    double now = score(at, passing, forWant);
                    if (now > score) {
                        score = now;
                    } else {
                        at[voice] = old;
                    }
                }
                for (int other = 0; other < Grid.VOICES; other++) {
                    score = other == voice ? score : movePairs(at, voice, other, score, passing, forWant);
                }
            }
            better = score > before + 1e-9;
        }
    }

    private double movePairs(int[] at, int voice, int other, double best, Counts passing, double[][] forWant) {
        double score = best;
        for (int[] move : PAIR_MOVES) {
            int up = at[voice] + move[0];
            int down = at[other] + move[1];
            if (up < CANDIDATES.length && down >= 0) {
                at[voice] = up;
                at[other] = down;
                double now = score(at, passing, forWant);
                if (now > score) {
                    score = now;
                } else {
                    at[voice] = up - move[0];
                    at[other] = down - move[1];
                }
            }
        }
        return score;
    }

    private Found found(int[] at, Counts passing, double[][] forWant) {
        double both = 0;
        double made = 0;
        double truth = 0;
        double macro = 0;
        List<Float> values = new ArrayList<>();
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            values.add(CANDIDATES[at[voice]]);
            double voiceBoth = passing.both[voice][at[voice]] + forWant[0][voice];
            double voiceMade = passing.made[voice][at[voice]] + forWant[1][voice];
            both += voiceBoth;
            made += voiceMade;
            truth += passing.truth[voice];
            macro += 2 * voiceBoth / Math.max(1, voiceMade + passing.truth[voice]) / Grid.VOICES;
        }
        return new Found(values, 2 * both / Math.max(1, made + truth), macro, made / Math.max(1, truth));
    }

    private double score(int[] at, Counts passing, double[][] forWant) {
        return score(found(at, passing, forWant));
    }

    private double score(Found found) {
        double excess = Math.max(0, Math.abs(found.hitsRatio - 1) - limit);
        return found.f1 + macroWeight * found.macroF1 - PENALTY * excess;
    }

    /** Counts the cells that pass each candidate. */
    private Counts passing() {
        Counts counts = new Counts();
        for (int window = 0; window < truths.size(); window++) {
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                int voice = cell % Grid.VOICES;
                int passed = Arrays.binarySearch(CANDIDATES, probabilities.get(window)[cell]);
                int candidate = passed >= 0 ? passed : -passed - 2; // the highest candidate that is not above it
                float real = truths.get(window)[cell];
                counts.truth[voice] += real;
                if (candidate >= 0) {
                    counts.made[voice][candidate]++;
                    counts.both[voice][candidate] += real;
                }
            }
        }
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            for (int candidate = CANDIDATES.length - 2; candidate >= 0; candidate--) {
                counts.made[voice][candidate] += counts.made[voice][candidate + 1];
                counts.both[voice][candidate] += counts.both[voice][candidate + 1];
            }
        }
        return counts;
    }

    /** Counts, for each voice, the hits at tapped steps where no voice passes: [0] those that are true, [1] all. */
    private double[][] answeredForWant(int[] at) {
        float[] thresholds = new float[at.length];
        for (int voice = 0; voice < at.length; voice++) {
            thresholds[voice] = CANDIDATES[at[voice]];
        }
        double[][] counts = new double[2][Grid.VOICES];
        for (int window = 0; window < truths.size(); window++) {
            for (int step = 0; step < Grid.STEPS; step++) {
                int best = taps.get(window)[step] == 0 ? -1 : nearestIfNonePasses(probabilities.get(window), step, thresholds);
                if (best >= 0) {
                    counts[0][best] += truths.get(window)[Grid.cell(step, best)];
                    counts[1][best]++;
                }
            }
        }
        return counts;
    }

    private static int nearestIfNonePasses(float[] probabilities, int step, float[] thresholds) {
        int best = -1;
        double bestOdds = Double.NEGATIVE_INFINITY;
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            float p = probabilities[Grid.cell(step, voice)];
            if (p >= thresholds[voice]) {
                return -1;
            }
            double odds = p / (1.0 - p) * (1 - thresholds[voice]) / thresholds[voice];
            if (odds > bestOdds) {
                bestOdds = odds;
                best = voice;
            }
        }
        return best;
    }

    private static float[] candidates() {
        float[] candidates = new float[101];
        for (int i = 0; i < candidates.length; i++) {
            candidates[i] = (float) (1 / (1 + Math.exp(3.5 - 0.05 * i)));
        }
        return candidates;
    }
}
