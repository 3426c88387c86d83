package tapkit.model;

import java.util.Arrays;
import tapkit.grid.Grid;

/**
 * What the network sees of drums in which voices are missing: the one place that turns a {@link Chunk} into numbers, for training
 * and for play. Hidden voices stay unseen.
 *
 * <p>At each step, [{@link #COUNT}]:
 * <ul>
 * <li>0–8 H of the nine voices; 9–17 twice their offsets; 18–26 their velocities; 27–35 which are hidden
 * <li>36–51 one-hot of the step within the bar
 * <li>52 log2(125 / ms), 53 ms / 125 − 1, where ms is the length of a step
 * <li>54 whether time was cut here; 55 whether the step is inside the performance
 * <li>56 visible hits of a step in the chunk's mean − 1; 57–65 twice the same of each voice
 * </ul>
 */
public final class InfillFeatures {
    /** Names these features in a model file. */
    public static final String VERSION = "infill-1";
    /** Features of a step. */
    public static final int COUNT = 66;

    private static final int M = Grid.VOICES;
    private static final int POSITION = 4 * M;
    private static final int DENSITIES = 57;
    /** A sixteenth at 120 bpm. */
    private static final double USUAL_MILLIS = 125;

    private InfillFeatures() {
    }

    /**
     * Fills one chunk of a batch. Does not allocate.
     *
     * @param hidden for each voice whether it is
     * @param from   where the features of step 0 begin
     * @param stride from the features of one step to those of the next: {@link #COUNT} for [batch, step, feature], times the size
     *               of the batch for [step, batch, feature]
     */
    public static void fill(Chunk chunk, boolean[] hidden, float[] out, int from, int stride) {
        int inside = 0;
        for (boolean bar : chunk.inside) {
            inside += bar ? Grid.STEPS_PER_BAR : 0;
        }
        float perStep = 1f / Math.max(1, inside);
        for (int step = 0; step < chunk.steps(); step++) {
            int bar = step / Grid.STEPS_PER_BAR;
            int at = from + step * stride;
            Arrays.fill(out, at, at + COUNT, 0);
            for (int voice = 0; voice < M; voice++) {
                int cell = Grid.cell(step, voice);
                if (hidden[voice]) {
                    out[at + 3 * M + voice] = 1;
                } else if (chunk.hits[cell] != 0) {
                    out[at + voice] = 1;
                    out[at + M + voice] = 2 * chunk.offsets[cell];
                    out[at + 2 * M + voice] = chunk.velocities[cell];
                }
            }
            out[at + POSITION + step % Grid.STEPS_PER_BAR] = 1;
            out[at + 52] = (float) (Math.log(USUAL_MILLIS / chunk.stepMillis[bar]) / Math.log(2));
            out[at + 53] = (float) (chunk.stepMillis[bar] / USUAL_MILLIS - 1);
            out[at + 54] = chunk.cut[bar] && step % Grid.STEPS_PER_BAR == 0 ? 1 : 0;
            out[at + 55] = chunk.inside[bar] ? 1 : 0;
        }
        float all = 0;
        for (int voice = 0; voice < M; voice++) {
            float hits = 0;
            for (int step = 0; step < chunk.steps(); step++) {
                hits += out[from + step * stride + voice];
            }
            all += hits;
            for (int step = 0; step < chunk.steps(); step++) {
                out[from + step * stride + DENSITIES + voice] = 2 * hits * perStep;
            }
        }
        for (int step = 0; step < chunk.steps(); step++) {
            out[from + step * stride + 56] = all * perStep - 1;
        }
    }
}
