package tapkit.tap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VelocitySenseTest {
    private final VelocitySense sense = new VelocitySense();

    private void taps(int... velocities) {
        for (int velocity : velocities) {
            sense.tap(velocity);
        }
    }

    @Test
    void shouldKnowNothingFromEqualVelocities() {
        taps(100, 100, 100);

        assertThat(sense.known()).isFalse();
    }

    @Test
    void shouldKnowOnceTwoDiffer() {
        taps(100, 99);

        assertThat(sense.known()).isTrue();
    }

    @Test
    void shouldKeepKnowingThroughAFewEqualOnes() {
        taps(100, 99, 99, 99, 99);

        assertThat(sense.known()).isTrue();
    }

    @Test
    void shouldForgetAfterEightEqualOnes() {
        taps(100, 99, 99, 99, 99, 99, 99, 99, 99);

        assertThat(sense.known()).isFalse();
    }
}
