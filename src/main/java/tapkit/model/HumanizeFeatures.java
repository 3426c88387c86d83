package tapkit.model;

import java.util.Arrays;
import tapkit.grid.Grid;

/**
 * What the network sees of a score that is to be humanized: the one place that turns a {@link Chunk}'s hits into numbers, for
 * training and for play. Microtiming and velocities stay unseen.
 *
 * <p>At each step, [{@link #COUNT}]:
 * <ul>
 * <li>0–8 H of the nine voices; 9–24 one-hot of the step within the bar
 * <li>25 log2(125 / ms), 26 ms / 125 − 1, where ms is the length of a step
 * <li>27 whether time was cut here; 28 whether the step is inside the performance
 * <li>29 hits of a step in the chunk's mean − 1; 30–38 twice the same of each voice; 39 hits of this step / 2 − ½
 * </ul>
 */
public final class HumanizeFeatures {
    /** Names these features in a model file. */
    public static final String VERSION = "score-1";
    /** Features of a step. */
    public static final int COUNT = 40;

    private static final int POSITION = 9;
    private static final int DENSITIES = 30;
    /** A sixteenth at 120 bpm. */
    private static final double USUAL_MILLIS = 125;

    private HumanizeFeatures() {
    }

    /**
     * Fills one chunk of a batch. Does not allocate.
     *
     * @param from   where the features of step 0 begin
     * @param stride from the features of one step to those of the next: {@link #COUNT} for [batch, step, feature], times the size
     *               of the batch for [step, batch, feature]
     */
    public static void fill(Chunk chunk, float[] out, int from, int stride) {
        int inside = 0;
        for (boolean bar : chunk.inside) {
            inside += bar ? Grid.STEPS_PER_BAR : 0;
        }
        float perStep = 1f / Math.max(1, inside);
        for (int step = 0; step < chunk.steps(); step++) {
            int bar = step / Grid.STEPS_PER_BAR;
            int at = from + step * stride;
            Arrays.fill(out, at, at + COUNT, 0);
            System.arraycopy(chunk.hits, step * Grid.VOICES, out, at, Grid.VOICES);
            out[at + POSITION + step % Grid.STEPS_PER_BAR] = 1;
            out[at + 25] = (float) (Math.log(USUAL_MILLIS / chunk.stepMillis[bar]) / Math.log(2));
            out[at + 26] = (float) (chunk.stepMillis[bar] / USUAL_MILLIS - 1);
            out[at + 27] = chunk.cut[bar] && step % Grid.STEPS_PER_BAR == 0 ? 1 : 0;
            out[at + 28] = chunk.inside[bar] ? 1 : 0;
        }
        float all = 0;
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            float hits = 0;
            for (int step = 0; step < chunk.steps(); step++) {
                hits += chunk.hits[step * Grid.VOICES + voice];
            }
            all += hits;
            for (int step = 0; step < chunk.steps(); step++) {
                out[from + step * stride + DENSITIES + voice] = 2 * hits * perStep;
            }
        }
        for (int step = 0; step < chunk.steps(); step++) {
            int at = from + step * stride;
            float here = 0;
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                here += out[at + voice];
            }
            out[at + 29] = all * perStep - 1;
            out[at + 39] = here / 2 - 0.5f;
        }
    }
}
