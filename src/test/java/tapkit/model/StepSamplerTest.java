package tapkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tapkit.grid.Grid;
import tapkit.grid.Groove;

final class StepSamplerTest {
    private static final float P = 0.3f;

    @Test
    void shouldPlayWhatReachesTheThreshold() {
        assertThat(decide(said(), StepSampler.likely(P)).hitCount()).isEqualTo(Grid.CELLS);
        assertThat(decide(said(), StepSampler.likely(P + 0.01)).hitCount()).isZero();
    }

    /** Argmax: each cell the likelier of hit and rest. */
    @Test
    void shouldPlayWhatIsLikelierThanNotAtTemperatureZero() {
        Prediction said = said();
        said.probabilities[5] = 0.51f;
        said.probabilities[6] = 0.49f;
        Groove out = decide(said, StepSampler.drawn(0, new SplittableRandom(1)));
        assertThat(out.hitCount()).isEqualTo(1);
        assertThat(out.hits[5]).isEqualTo(1);
    }

    /** By the odds to the power of 1 / temperature. */
    @ParameterizedTest
    @CsvSource({"1,0.3", "0.5,0.1552", "2,0.3956"})
    void shouldDrawByTheTemperature(double temperature, double expected) {
        StepSampler sampler = StepSampler.drawn(temperature, new SplittableRandom(1));
        int hits = 0;
        int draws = 200;
        for (int i = 0; i < draws; i++) {
            hits += decide(said(), sampler).hitCount();
        }
        assertThat((double) hits / (draws * Grid.CELLS)).isCloseTo(expected, within(0.01));
    }

    @Test
    void shouldDrawTheSameFromTheSameSeedAndOtherwiseFromAnother() {
        float[] first = decide(said(), StepSampler.drawn(1, new SplittableRandom(1))).hits;
        assertThat(decide(said(), StepSampler.drawn(1, new SplittableRandom(1))).hits).containsExactly(first);
        assertThat(decide(said(), StepSampler.drawn(1, new SplittableRandom(2))).hits).isNotEqualTo(first);
    }

    private static Groove decide(Prediction said, StepSampler sampler) {
        Groove out = new Groove();
        for (int step = 0; step < Grid.STEPS; step++) {
            sampler.sample(step, said, out);
        }
        return out;
    }

    private static Prediction said() {
        Prediction said = new Prediction();
        Arrays.fill(said.probabilities, P);
        Arrays.fill(said.velocities, 0.5f);
        return said;
    }
}
