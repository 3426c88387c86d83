package tapkit.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tapkit.grid.Grid;

class PerformanceLossTest {
    private static final int ROWS = 3;
    private static final int BINS = 5;
    private static final double HITS = 10;
    private static final int COLUMNS = Grid.VOICES * (2 + BINS);
    private static final int LABELS = PerformanceLoss.LABELS;
    private static final ActivationIdentity IDENTITY = new ActivationIdentity();
    /** Coarse, for numbers have 24 bits; exact in them. */
    private static final float STEP = 1 / 128f;

    private final PerformanceLoss loss = new PerformanceLoss(new HumanizeRecipe.Loss(1.5, 10, 1, 3, 0.3, 0.1), BINS, HITS);
    private final float[] output = new float[ROWS * COLUMNS];
    private final float[] labels = new float[ROWS * LABELS];

    PerformanceLossTest() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < output.length; i++) {
            output[i] = (float) random.nextDouble(-1, 1);
        }
        for (int row = 0; row < ROWS; row++) {
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                int at = row * LABELS + voice;
                labels[at] = voice % 2;
                labels[at + 3 * Grid.VOICES] = voice == 3 || voice == 4 ? 0 : 1;
                labels[at + Grid.VOICES] = (float) random.nextDouble(-0.5, 0.5);
                labels[at + 2 * Grid.VOICES] = (float) random.nextDouble(0, 1);
            }
        }
    }

    @Test
    void shouldHaveTheGradientsOfFiniteDifferences() {
        Pair<Double, INDArray> found = loss.computeGradientAndScore(array(labels), array(output), IDENTITY, null, true);
        assertThat(found.getFirst()).isEqualTo(score(output, labels));
        for (int i = 0; i < output.length; i++) {
            float[] moved = output.clone();
            moved[i] = output[i] + STEP;
            double above = score(moved, labels);
            moved[i] = output[i] - STEP;
            double below = score(moved, labels);
            assertThat(found.getSecond().getDouble(i / COLUMNS, i % COLUMNS)).isCloseTo((above - below) / (2 * STEP),
                    within(2e-5));
        }
    }

    @Test
    void shouldLookAtWhatCountsOnly() {
        float[] changed = labels.clone();
        changed[Grid.VOICES + 2] = 0.4f; // no hit
        changed[2 * Grid.VOICES + 3] = 0.9f; // does not count
        changed[4] = 1;
        assertThat(score(output, changed)).isEqualTo(score(output, labels));
        changed[Grid.VOICES + 1] += 0.1f;
        assertThat(score(output, changed)).isNotEqualTo(score(output, labels));
    }

    /** One hit, no idea: it and the velocity are 1/2, the mean of the distribution is 0, the entropy that of equal bins. */
    @Test
    void shouldBeWhatItSays() {
        float[] hit = new float[LABELS];
        hit[4] = 1;
        hit[3 * Grid.VOICES + 4] = 1;
        hit[Grid.VOICES + 4] = 0.2f;
        hit[2 * Grid.VOICES + 4] = 0.9f;
        assertThat(score(new float[COLUMNS], hit)).isCloseTo(
                1.5 * 0.2 + 10 * 0.04 + 0.4 + 3 * 0.16 + 0.3 * Math.log(BINS) + HITS * Math.log(2), within(1e-6));
    }

    private double score(float[] x, float[] y) {
        return loss.computeScore(array(y), array(x), IDENTITY, null, true);
    }

    private static INDArray array(float[] values) {
        int rows = values.length % COLUMNS == 0 ? values.length / COLUMNS : values.length / LABELS;
        return Nd4j.createFromArray(values).reshape('c', rows, values.length / rows);
    }
}
