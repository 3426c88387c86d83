package tapkit.port.alsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueTimeTest {
    private static final long OFFSET = -7_123_456_789L;
    private static final long SECOND = 1_000_000_000L;

    private final QueueTime time = new QueueTime();

    @Test
    void shouldMapThereAndBack() {
        time.sample(1000, OFFSET + 1000);
        time.update();
        assertThat(time.nanos(5000)).isEqualTo(OFFSET + 5000);
        assertThat(time.queueNanos(OFFSET + 5000)).isEqualTo(5000);
        assertThat(time.queueNanos(OFFSET - 1)).as("before the queue began").isZero();
    }

    /** Interrupts that come late and threads that are interrupted only ever make the offset look larger. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldTakeTheBestOfItsReadings(long seed) {
        Random random = new Random(seed);
        for (int second = 0; second < 60; second++) {
            for (int i = 0; i < 8; i++) {
                long late = (long) (-Math.log(1 - random.nextDouble()) * 4000) + (random.nextInt(20) == 0 ? 3_000_000 : 0);
                time.sample(second * SECOND - late / 2, OFFSET + second * SECOND + late / 2);
            }
            time.update();
        }
        assertThat(time.nanos(0)).isCloseTo(OFFSET, within(2000L));
    }

    @Test
    void shouldFollowAJumpAtOnceAndADriftSlowly() {
        time.sample(0, OFFSET);
        time.update();
        time.sample(SECOND, OFFSET + SECOND + 80_000);
        time.update();
        assertThat(time.nanos(0)).isEqualTo(OFFSET + 10_000);
        time.sample(2 * SECOND, OFFSET + 7 * SECOND);
        time.update();
        assertThat(time.nanos(0)).isEqualTo(OFFSET + 5 * SECOND);
        time.update();
        assertThat(time.nanos(0)).as("no readings").isEqualTo(OFFSET + 5 * SECOND);
    }
}
