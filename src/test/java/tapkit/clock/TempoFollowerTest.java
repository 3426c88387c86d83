package tapkit.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TempoFollowerTest {
    private static final double JITTER_NANOS = 15e6;

    private final InternalClock clock = new InternalClock("internal", 120);
    private final TempoFollower follower = new TempoFollower();
    private double slowest = 120;
    private double fastest = 120;

    /** A hand that taps some places of each beat, at a tempo that it takes from the beat. */
    private void play(int beats, int tapsPerBeat, long seed, double behindNanos, DoubleUnaryOperator tempo, double limit) {
        Random random = new Random(seed);
        clock.start(1_000_000_000L);
        double at = 1e9;
        for (int i = 0; i < beats * tapsPerBeat; i++) {
            follower.tap(clock, Math.round(at + behindNanos + random.nextGaussian() * JITTER_NANOS), 1, limit, 120);
            at += 60e9 / tempo.applyAsDouble((double) i / tapsPerBeat) / tapsPerBeat;
            if (i > 16) {
                slowest = Math.min(slowest, clock.bpm());
                fastest = Math.max(fastest, clock.bpm());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void shouldKeepTheTempoOfSteadyHands(int tapsPerBeat) {
        play(64, tapsPerBeat, 3, 0, beat -> 120, 0.2);

        assertThat(slowest).isGreaterThan(114);
        assertThat(fastest).isLessThan(126);
        assertThat(clock.bpm()).isCloseTo(120, within(3.0));
    }

    @Test
    void shouldTakeALaidBackHandForThatAndNotForSlowness() {
        play(64, 2, 4, 20e6, beat -> 120, 0.2);

        assertThat(clock.bpm()).isCloseTo(120, within(3.0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {100, 140})
    void shouldSlowDownAndSpeedUpWithTheHands(double to) {
        play(48, 2, 5, 0, beat -> beat < 16 ? 120 : 120 + (to - 120) * Math.min(1, (beat - 16) / 16), 0.2);

        assertThat(clock.bpm()).isCloseTo(to, within(4.0));
    }

    @Test
    void shouldNotGoBeyondItsLimit() {
        play(64, 1, 6, 0, beat -> 120 - Math.min(40, beat), 0.1);

        assertThat(slowest).isGreaterThanOrEqualTo(108 - 1e-9);
    }
}
