package tapkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class VectorActivationsTest {
    @Test
    void shouldStayWithinAMillionthOfTheTrueValues() {
        int n = 200_003;
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (i - n / 2) * 2e-4f;
        }
        float[] sigmoid = x.clone();
        VectorActivations.sigmoid(sigmoid, 0, n);
        float[] tanh = x.clone();
        VectorActivations.tanh(tanh, 0, n);
        double sigmoidError = 0;
        double tanhError = 0;
        for (int i = 0; i < n; i++) {
            sigmoidError = Math.max(sigmoidError, Math.abs(sigmoid[i] - 1 / (1 + Math.exp(-x[i]))));
            tanhError = Math.max(tanhError, Math.abs(tanh[i] - Math.tanh(x[i])));
        }
        assertThat(sigmoidError).isLessThan(5e-7);
        assertThat(tanhError).isLessThan(5e-7);
    }

    @Test
    void shouldTouchNothingOutsideTheRange() {
        float[] x = {3, 3, 3, 3, 3};
        VectorActivations.sigmoid(x, 1, 3);
        assertThat(x[0]).isEqualTo(3);
        assertThat(x[4]).isEqualTo(3);
        assertThat(x[1]).isEqualTo(x[3]).isLessThan(1);
    }

    @Test
    void shouldSaturateAtLargeAndInfiniteValues() {
        float[] x = {-1e30f, 1e30f, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 0};
        float[] sigmoid = x.clone();
        VectorActivations.sigmoid(sigmoid, 0, x.length);
        VectorActivations.tanh(x, 0, x.length);
        for (float s : sigmoid) {
            assertThat(s).isBetween(0f, 1f);
        }
        assertThat(x).usingComparatorWithPrecision(1e-6f).containsExactly(-1, 1, -1, 1, 0);
    }
}
