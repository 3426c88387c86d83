package tapkit.model;

import java.util.Arrays;
import tapkit.grid.Grid;
import tapkit.grid.TapWindow;

/**
 * What the network sees of the taps: the one place that turns a {@link TapWindow} into numbers, for training and for play.
 * Weights trained on other features are refused by {@link #VERSION}.
 *
 * <p>At each step, [{@link #COUNT}]:
 * <ul>
 * <li>0 tap; 1 twice its offset; 2 its offset in units of 30 ms, within ±3; 3 its velocity; 4 whether velocities are known
 * <li>5 octaves of tempo above 120; 6 taps in the window / 16 − 1
 * <li>7–22 one-hot of the step within the bar; 23 whether it is the first bar
 * <li>24–33 velocity as ten bumps 0.1 apart; 34 velocity 127; 35 velocity against the mean, times 2; 36 share of taps that are
 * softer, from −1 to 1 (all four 0 where velocities are unknown); 37 offset against the mean in units of 30 ms, within ±3
 * <li>38–61 the neighbours: 0, 3 and 2 of the same step in the other bar, of the steps before and after by one, two and four
 * (nothing beyond the window), and half a bar away in the same bar
 * </ul>
 * Without a tap, all but 4–23 and the neighbours are 0.
 */
public final class TapFeatures {
    /** Names these features in a model file. */
    public static final String VERSION = "taps-1";
    /** Features of a step. */
    public static final int COUNT = 62;
    /** Length of a window's features. */
    public static final int SIZE = Grid.STEPS * COUNT;

    private static final float MILLIS_SCALE = 30;
    private static final float MILLIS_LIMIT = 3;
    private static final int POSITION = 7;
    private static final int BUMPS = 24;
    private static final int BUMP_COUNT = 10;
    private static final double BUMP_WIDTH = 0.07;
    private static final int NEIGHBOURS = 38;
    private static final int[] NEIGHBOUR_STEPS = {-1, 1, -2, 2, -4, 4};

    private TapFeatures() {
    }

    /** Fills {@code out}, [{@link Grid#STEPS}, {@link #COUNT}]. Does not allocate. */
    public static void fill(TapWindow taps, float[] out) {
        fill(taps, out, 0, COUNT);
    }

    /**
     * Fills one window of a batch. Does not allocate.
     *
     * @param from   where the features of step 0 begin
     * @param stride from the features of one step to those of the next: {@link #COUNT} for [batch, step, feature], times the size
     *               of the batch for [step, batch, feature]
     */
    public static void fill(TapWindow taps, float[] out, int from, int stride) {
        float stepMillis = (float) (Grid.stepNanos(taps.bpm) / 1e6);
        float tempo = (float) (Math.log(taps.bpm / 120) / Math.log(2));
        int count = taps.count();
        float meanVelocity = mean(taps, taps.velocities, count);
        float meanMillis = mean(taps, taps.offsets, count) * stepMillis;
        for (int step = 0; step < Grid.STEPS; step++) {
            int at = from + step * stride;
            Arrays.fill(out, at, at + COUNT, 0);
            out[at + 4] = taps.velocityKnown ? 1 : 0;
            out[at + 5] = tempo;
            out[at + 6] = count / 16f - 1;
            out[at + POSITION + step % Grid.STEPS_PER_BAR] = 1;
            out[at + 23] = step < Grid.STEPS_PER_BAR ? 1 : 0;
            if (taps.taps[step] != 0) {
                float millis = taps.offsets[step] * stepMillis;
                out[at] = 1;
                out[at + 1] = 2 * taps.offsets[step];
                out[at + 2] = limited(millis / MILLIS_SCALE);
                out[at + 37] = limited((millis - meanMillis) / MILLIS_SCALE);
                if (taps.velocityKnown) {
                    velocity(taps, step, count, meanVelocity, out, at);
                }
            }
        }
        for (int step = 0; step < Grid.STEPS; step++) {
            neighbours(step, out, from, stride);
        }
    }

    private static void velocity(TapWindow taps, int step, int count, float mean, float[] out, int at) {
        float velocity = taps.velocities[step];
        out[at + 3] = velocity;
        for (int bump = 0; bump < BUMP_COUNT; bump++) {
            double distance = (velocity - 0.1 * (bump + 1)) / BUMP_WIDTH;
            out[at + BUMPS + bump] = (float) Math.exp(-0.5 * distance * distance);
        }
        out[at + 34] = velocity > 0.99f ? 1 : 0;
        out[at + 35] = 2 * (velocity - mean);
        int softer = 0;
        for (int other = 0; other < Grid.STEPS; other++) {
            softer += taps.taps[other] != 0 && taps.velocities[other] < velocity - 1e-6f ? 1 : 0;
        }
        out[at + 36] = 2 * ((float) softer / count - 0.5f);
    }

    private static void neighbours(int step, float[] out, int from, int stride) {
        int bar = step - step % Grid.STEPS_PER_BAR;
        int to = from + step * stride + NEIGHBOURS;
        to = copy((step + Grid.STEPS_PER_BAR) % Grid.STEPS, out, from, stride, to);
        for (int distance : NEIGHBOUR_STEPS) {
            to = copy(step + distance, out, from, stride, to);
        }
        copy(bar + (step + Grid.STEPS_PER_BAR / 2) % Grid.STEPS_PER_BAR, out, from, stride, to);
    }

    private static int copy(int neighbour, float[] out, int from, int stride, int to) {
        if (neighbour >= 0 && neighbour < Grid.STEPS) {
            int at = from + neighbour * stride;
            out[to] = out[at];
            out[to + 1] = out[at + 3];
            out[to + 2] = out[at + 2];
        }
        return to + 3;
    }

    private static float mean(TapWindow taps, float[] values, int count) {
        float sum = 0;
        for (int step = 0; step < Grid.STEPS; step++) {
            sum += taps.taps[step] * values[step];
        }
        return sum / Math.max(1, count);
    }

    private static float limited(float value) {
        return Math.clamp(value, -MILLIS_LIMIT, MILLIS_LIMIT);
    }
}
