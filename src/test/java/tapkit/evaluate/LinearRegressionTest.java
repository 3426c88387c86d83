package tapkit.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinearRegressionTest {
    @Test
    void shouldFindALinearMapAndBearInputsThatNeverVary() {
        LinearRegression regression = new LinearRegression(3, 2);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1000; i++) {
            float a = (float) random.nextGaussian();
            float b = random.nextInt(2);
            regression.add(new float[]{a, 0, b}, new float[]{3 * a - b + 0.5f, 2 * b});
        }
        regression.solve();
        double[] out = new double[2];
        regression.predict(new float[]{2, 0, 1}, out);
        assertThat(out[0]).isEqualTo(5.5, within(1e-4));
        assertThat(out[1]).isEqualTo(2, within(1e-4));
    }
}
