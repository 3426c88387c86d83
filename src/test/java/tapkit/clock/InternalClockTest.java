package tapkit.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class InternalClockTest {
    private static final long SECOND = 1_000_000_000L;

    private final InternalClock clock = new InternalClock("internal", 120);

    @Test
    void shouldCountBeatsFromItsStart() {
        clock.start(3 * SECOND);

        assertThat(clock.beatAt(5 * SECOND)).isCloseTo(4, within(1e-9));
        assertThat(clock.nanosAt(4)).isEqualTo(5 * SECOND);
    }

    @Test
    void shouldKeepThePhaseWhenTheTempoChanges() {
        clock.start(0);
        int epoch = clock.epoch();
        clock.tempo(60, 2 * SECOND);

        assertThat(clock.beatAt(2 * SECOND)).isCloseTo(4, within(1e-9));
        assertThat(clock.beatAt(3 * SECOND)).isCloseTo(5, within(1e-9));
        assertThat(clock.epoch()).isEqualTo(epoch);
    }

    @Test
    void shouldBringTemposIntoItsRange() {
        clock.tempo(1000, 0);
        assertThat(clock.bpm()).isEqualTo(300);
        clock.tempo(1, 0);
        assertThat(clock.bpm()).isEqualTo(20);
    }

    @Test
    void shouldTellOfAJump() {
        clock.start(0);
        int epoch = clock.epoch();
        clock.start(SECOND);

        assertThat(clock.epoch()).isNotEqualTo(epoch);
    }
}
