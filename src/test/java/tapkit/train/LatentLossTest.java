package tapkit.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LatentLossTest {
    /** Two examples of two Gaussians: means, then deviations before softplus. */
    private static final double[][] EMBEDDING = {{0.5, -1, 0.3, -0.7}, {2, 1.5, -2, 1}};

    @Test
    void shouldBeTheDivergenceFromStandardGaussians() {
        double expected = (divergence(EMBEDDING[0]) + divergence(EMBEDDING[1])) / 2;
        assertThat(score(new LatentLoss(1, 0))).isCloseTo(expected, within(1e-12));
        assertThat(score(new LatentLoss(0.2, 0))).isCloseTo(0.2 * expected, within(1e-12));
    }

    @Test
    void shouldBeZeroForStandardGaussians() {
        double one = Math.log(Math.E - 1); // softplus of this is 1
        INDArray standard = Nd4j.createFromArray(new double[][]{{0, 0, one, one}});
        assertThat(new LatentLoss(1, 0).computeScore(standard, standard, new ActivationIdentity(), null, true)).isCloseTo(0,
                within(1e-12));
    }

    @Test
    void shouldChargeEachExampleForWhatExceedsTheFreeNats() {
        double small = divergence(EMBEDDING[0]);
        double large = divergence(EMBEDDING[1]);
        assertThat(small).isLessThan(2).isGreaterThan(0.3);
        assertThat(large).isGreaterThan(4);
        assertThat(score(new LatentLoss(1, 0.3))).isCloseTo((small + large) / 2 - 0.3, within(1e-12));
        // What one example has left is not another one's to spend.
        assertThat(score(new LatentLoss(1, 3))).isCloseTo((large - 3) / 2, within(1e-12));
        assertThat(score(new LatentLoss(1, 1e6))).isZero();
        INDArray x = Nd4j.createFromArray(EMBEDDING);
        Pair<Double, INDArray> result = new LatentLoss(1, 3).computeGradientAndScore(x, x, new ActivationIdentity(), null,
                true);
        assertThat(result.getSecond().getRow(0).norm1Number().doubleValue()).isZero();
        assertThat(result.getSecond().getRow(1).norm1Number().doubleValue()).isGreaterThan(1);
    }

    private static double score(LatentLoss loss) {
        INDArray x = Nd4j.createFromArray(EMBEDDING);
        return loss.computeGradientAndScore(x, x, new ActivationIdentity(), null, true).getFirst();
    }

    /** By numeric integration of q ln(q / p), so that no formula is shared with what is tested. */
    private static double divergence(double[] embedding) {
        double sum = 0;
        for (int j = 0; j < 2; j++) {
            double mean = embedding[j];
            double deviation = Math.log(1 + Math.exp(embedding[2 + j]));
            double step = deviation / 500;
            for (double x = mean - 12 * deviation; x < mean + 12 * deviation; x += step) {
                double u = (x - mean) / deviation;
                double lnQ = -0.5 * u * u - Math.log(deviation);
                sum += step * Math.exp(lnQ) / Math.sqrt(2 * Math.PI) * (lnQ + 0.5 * x * x);
            }
        }
        return sum;
    }
}
