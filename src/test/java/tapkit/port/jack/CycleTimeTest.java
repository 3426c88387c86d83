package tapkit.port.jack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
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

    /** Around the limit, too, the time of a frame must not depend on how late the one call or the other comes. */
    @Test
    void shouldKeepTheTimeEvenWhileAServerIsAsFarBehindAsItMayBe() {
        CycleTime time = new CycleTime(0);
        Random random = new Random(1);
        long[] begun = new long[1_000];
        for (int period = 0; period < begun.length; period++) {
            long start = 1_000_000 + period * 2_667L;
            long late = 99_900_000 + random.nextLong(200_000);
            time.begin(start, start + 2_667, FRAMES, start * 1000 + late);
            begun[period] = time.nanosAt(0) - start * 1000;
        }
        assertThat(begun).startsWith(0);
        assertThat(Arrays.stream(begun).skip(100)).allMatch(lag -> lag >= 99_900_000 && lag < 99_910_000);
        assertThat(IntStream.range(1, begun.length).filter(period -> begun[period] > begun[period - 1]).count())
                .as("times that it moved away").isLessThanOrEqualTo(1);

        time.begin(10_000_000, 10_002_667, FRAMES, 10_000_100_000L);
        assertThat(time.nanosAt(0)).as("it has caught up, but for how late this call is").isEqualTo(10_000_100_000L);
        time.begin(10_002_667, 10_005_334, FRAMES, 10_002_667_000L);
        assertThat(time.nanosAt(0)).isEqualTo(10_002_667_000L);
    }
}
