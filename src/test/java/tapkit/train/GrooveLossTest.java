package tapkit.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GrooveLossTest {
    private static final int ROWS = 5;
    private static final ActivationIdentity IDENTITY = new ActivationIdentity();

    private final INDArray output = array(1, -2, 2);
    private final INDArray labels = labels();
    private final INDArray mask = array(3, 0, 1).gt(0.5).castTo(DataType.DOUBLE);

    @Test
    void shouldHaveTheGradientsOfFiniteDifferencesInAllHeads() {
        check(new GrooveLoss(false, 1, 4), mask);
        check(new GrooveLoss(true, 1, 1), null);
        check(new GrooveLoss(true, 0.5, 2), mask);
    }

    @Test
    void shouldBeTheMeansThatThePaperNames() {
        INDArray zeros = Nd4j.zeros(DataType.DOUBLE, ROWS, 27);
        // Untrained: every hit has probability 1/2, every velocity is 1/2, every offset 0.
        double expected = 9 * Math.log(2) + 0.25;
        assertThat(new GrooveLoss(true, 1, 1).computeScore(zeros, zeros, IDENTITY, null, true)).isCloseTo(expected,
                within(1e-9));
        INDArray late = zeros.dup();
        late.putScalar(2, 20, 0.3);
        assertThat(new GrooveLoss(true, 1, 1).computeScore(late, zeros, IDENTITY, null, true))
                .isCloseTo(expected + 0.09 / (ROWS * 9), within(1e-9));
    }

    @Test
    void shouldNotLookWhereTheMaskIsZero() {
        GrooveLoss loss = new GrooveLoss(false, 1, 4);
        INDArray changed = labels.dup();
        for (int column = 9; column < 27; column++) {
            if (mask.getDouble(0, column) == 0) {
                changed.putScalar(0, column, 0.123);
            }
        }
        assertThat(changed).isNotEqualTo(labels);
        assertThat(loss.computeScore(changed, output, IDENTITY, mask, true))
                .isEqualTo(loss.computeScore(labels, output, IDENTITY, mask, true));
    }

    private void check(GrooveLoss loss, INDArray counted) {
        Pair<Double, INDArray> found = loss.computeGradientAndScore(labels, output, IDENTITY, counted, true);
        assertThat(found.getFirst()).isEqualTo(loss.computeScore(labels, output, IDENTITY, counted, true));
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < 27; j++) {
                double before = output.getDouble(i, j);
                output.putScalar(i, j, before + 1e-5);
                double above = loss.computeScore(labels, output, IDENTITY, counted, true);
                output.putScalar(i, j, before - 1e-5);
                double below = loss.computeScore(labels, output, IDENTITY, counted, true);
                output.putScalar(i, j, before);
                assertThat(found.getSecond().getDouble(i, j)).isCloseTo((above - below) / 2e-5, within(1e-8));
            }
        }
    }

    private static INDArray labels() {
        INDArray labels = array(2, 0, 1);
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < 27; j++) {
                double value = labels.getDouble(i, j);
                labels.putScalar(i, j, j < 9 ? Math.rint(value) : j < 18 ? value : value - 0.5);
            }
        }
        return labels;
    }

    private static INDArray array(long seed, double from, double to) {
        SplittableRandom random = new SplittableRandom(seed);
        INDArray array = Nd4j.create(DataType.DOUBLE, ROWS, 27);
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < 27; j++) {
                array.putScalar(i, j, random.nextDouble(from, to));
            }
        }
        return array;
    }
}
