package tapkit.model.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class DropoutTest {
    private static final int COUNT = 4096;
    private static final double SHARE = 0.4;
    /** How seeds of neighbouring iterations differ, and what the masks' own sequence steps by. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    @Test
    void shouldDropItsShareAndKeepTheMean() {
        float[] mask = mask(1);
        double sum = 0;
        int dropped = 0;
        for (float value : mask) {
            sum += value;
            dropped += value == 0 ? 1 : 0;
        }
        assertThat(dropped / (double) COUNT).isBetween(SHARE - 0.03, SHARE + 0.03);
        assertThat(sum / COUNT).isBetween(0.95, 1.05);
        assertThat(mask(1)).containsExactly(mask);
    }

    @Test
    void shouldMakeMasksOfNeighbouringSeedsIndependentAtEveryShift() {
        float[] mask = mask(GOLDEN);
        float[] next = mask(GOLDEN << 1);
        for (int shift = -64; shift <= 64; shift++) {
            int same = 0;
            for (int i = 64; i < COUNT - 64; i++) {
                same += (mask[i] == 0) == (next[i + shift] == 0) ? 1 : 0;
            }
            // Independent masks agree in 0.4² + 0.6² of the places.
            assertThat(same / (double) (COUNT - 128)).as("shift %d", shift).isBetween(0.48, 0.56);
        }
    }

    private static float[] mask(long seed) {
        MemorySegment values = Arena.ofAuto().allocate((long) COUNT * Float.BYTES, 64);
        for (int i = 0; i < COUNT; i++) {
            values.setAtIndex(ValueLayout.JAVA_FLOAT, i, 1);
        }
        Dropout.apply(values, DataType.FLOAT, SHARE, seed);
        return values.toArray(ValueLayout.JAVA_FLOAT);
    }
}
