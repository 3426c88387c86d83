package tapkit.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tapkit.evaluate.Statistics.Moments;
import tapkit.grid.Groove;

/** Expected values come from an independent implementation with numpy. */
class StatisticsTest {
    @Test
    void shouldMeasureHowHistogramsDiffer() {
        assertThat(Statistics.jensenShannon(new double[]{1, 2, 3}, new double[]{3, 2, 1})).isEqualTo(0.12581458369391144,
                within(1e-12));
        assertThat(Statistics.jensenShannon(new double[]{7, 0}, new double[]{0, 2})).isEqualTo(1, within(1e-12));
        assertThat(Statistics.jensenShannon(new double[]{2, 4}, new double[]{1, 2})).isEqualTo(0, within(1e-12));
    }

    @Test
    void shouldMeasureHowFarSamplesMustMove() {
        assertThat(Statistics.wasserstein(new double[]{4, 1, 3, 2}, new double[]{8, 2, 4})).isEqualTo(2, within(1e-9));
        assertThat(Statistics.wasserstein(new double[]{1}, new double[0])).isNaN();
        assertThat(Statistics.median(new double[]{5, 1, 2, 9})).isEqualTo(3.5);
    }

    @Test
    void shouldCompareGaussians() {
        Moments truth = moments(1, 2, 3, 4);
        Moments answer = moments(2, 4, 8);
        assertThat(truth.divergence(answer)).isEqualTo(0.7801703524709316, within(1e-12));
        assertThat(truth.divergence(moments(1))).isNaN();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "11111111, 0", "44444444, 7", "2, 2", "80008000, 4", "A5C31E07, 3", "13579BDF, 1"})
    void shouldMeasureSyncopation(String onsets, double perBar) {
        assertThat(Syncopation.perBar(Integer.parseUnsignedInt(onsets, 16))).isEqualTo(perBar);
    }

    @Test
    void shouldFindTheNearestPattern() {
        Groove empty = new Groove();
        Groove two = groove(0, 31);
        Groove three = groove(0, 15, 31);
        Patterns known = new Patterns(List.of(two, groove(1, 2, 3, 4)));
        assertThat(new Patterns(List.of(empty, two, three)).distancesTo(known)).containsExactly(2, 0, 1);
        assertThat(new Patterns(List.of(two, two, three, empty)).distinct()).isEqualTo(0.75);
    }

    private static Moments moments(double... values) {
        Moments moments = new Moments();
        for (double value : values) {
            moments.add(value);
        }
        return moments;
    }

    private static Groove groove(int... steps) {
        Groove groove = new Groove();
        for (int step : steps) {
            groove.set(step, 8, 0, 1);
        }
        return groove;
    }
}
