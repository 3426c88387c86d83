package tapkit.port.jack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CycleTimeTest {
    private static final int FRAMES = 128;

    @Test
    void shouldGiveBackTheFrameOfATime() {
        CycleTime time = new CycleTime(-5_000);
        time.begin(1_000_000, 1_002_667, FRAMES, 1_000_000_000);
        for (int frame = -FRAMES; frame < 2 * FRAMES; frame++) {
            assertThat(time.frameAt(time.nanosAt(frame))).isEqualTo(frame);
        }
        assertThat(time.nanosAt(0)).isEqualTo(1_000_000_000L - 5_000);
        assertThat(time.frameAt(Long.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    }

    /** The server's loop makes periods a little longer and shorter; no time may fall between two of them or into both. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldGiveEachTimeToOneFrameOfOnePeriod(long seed) {
        Random random = new Random(seed);
        CycleTime time = new CycleTime(0);
        long start = 10_000_000;
        long[] at = new long[200];
        int[] taken = new int[at.length];
        for (int i = 0; i < at.length; i++) {
            at[i] = start * 1000 + random.nextLong(200_000_000);
        }
        for (int period = 0; period < 100; period++) {
            long end = start + 2667 + random.nextInt(-20, 21);
            time.begin(start, end, FRAMES, start * 1000);
            for (int i = 0; i < at.length; i++) {
                int frame = time.frameAt(at[i]);
                // What rounds up to the next period's first frame is at or just before 0 there, hence not late.
                if (frame >= 0 && frame < FRAMES) {
                    taken[i]++;
                }
            }
            start = end;
        }
        assertThat(taken).containsOnly(1);
    }

    @Test
    void shouldNotFollowAServerThatIsFarBehind() {
        CycleTime time = new CycleTime(0);
        time.begin(1_000_000, 1_002_667, FRAMES, 1_020_000_000);
        assertThat(time.nanosAt(0)).as("a period that is late").isEqualTo(1_000_000_000);
        time.begin(1_000_000, 1_002_667, FRAMES, 3_000_000_000L);
        assertThat(time.nanosAt(0)).isEqualTo(3_000_000_000L);
        assertThat(time.frameAt(time.nanosAt(77))).isEqualTo(77);
    }
}
