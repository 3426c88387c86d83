package tapkit.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TransportFollowerTest {
    private static final long SECOND = 1_000_000_000;

    private final TransportFollower clock = new TransportFollower(90);

    @Test
    void shouldBeWhereTheTransportIs() {
        clock.at(false, 8, 4, 120, 10 * SECOND);
        assertThat(clock.running()).isFalse();
        assertThat(clock.locked()).isTrue();
        clock.at(true, 8, 4, 120, 11 * SECOND);
        int epoch = clock.epoch();
        assertThat(clock.running()).isTrue();
        assertThat(clock.beatAt(12 * SECOND)).isEqualTo(10);
        assertThat(clock.nanosAt(9)).isEqualTo(11 * SECOND + SECOND / 2);
        clock.at(true, 10.001, 5, 120, 12 * SECOND);
        assertThat(clock.epoch()).as("a tick's breadth is no jump").isEqualTo(epoch);
        clock.at(true, 12, 6, 60, 13 * SECOND);
        assertThat(clock.epoch()).as("a new tempo is none either").isEqualTo(epoch);
        assertThat(clock.beatAt(14 * SECOND)).isEqualTo(13);
        clock.at(true, 0, 0, 60, 14 * SECOND);
        assertThat(clock.epoch()).as("relocated").isNotEqualTo(epoch);
        clock.at(false, 0, 0, 60, 15 * SECOND);
        assertThat(clock.running()).isFalse();
    }

    @Test
    void shouldNotTakePeriodsThatTheServerMissedForAJump() {
        clock.at(true, 8, 4, 120, 10 * SECOND);
        int epoch = clock.epoch();
        clock.at(true, 10, 5, 120, 11 * SECOND + 43_000_000);
        assertThat(clock.epoch()).isEqualTo(epoch);
        assertThat(clock.beatAt(11 * SECOND + 43_000_000)).as("but it is where the server is").isEqualTo(10);
    }

    @Test
    void shouldCountItselfWhereNobodyDoes() {
        clock.at(true, Double.NaN, 2, Double.NaN, 10 * SECOND);
        assertThat(clock.bpm()).isEqualTo(90);
        assertThat(clock.beatAt(10 * SECOND)).isCloseTo(3, within(1e-9));
    }

    @Test
    void shouldGoOnForAWhileWhenTheServerHasGone() {
        clock.advance(0);
        assertThat(clock.locked()).isFalse();
        clock.at(true, 0, 0, 120, 10 * SECOND);
        clock.advance(10 * SECOND + SECOND / 2);
        assertThat(clock.locked()).isTrue();
        clock.advance(13 * SECOND);
        assertThat(clock.locked()).isFalse();
        assertThat(clock.running()).isTrue();
        clock.advance(15 * SECOND);
        assertThat(clock.running()).isFalse();
        clock.at(true, 20, 10, 120, 20 * SECOND);
        assertThat(clock.running()).isTrue();
        assertThat(clock.locked()).isTrue();
    }
}
