package tapkit.model.nd4j;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.nd4j.linalg.api.buffer.DataType;

/** Inverted dropout whose mask is a function of a seed and the position, so that the way back needs no copy of it. */
final class Dropout {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Dropout() {
    }

    /**
     * Sets a share of the values to 0 and scales the others up. The same seed drops the same ones; any other seed, however near,
     * drops others.
     */
    static void apply(MemorySegment values, DataType type, double share, long seed) {
        int limit = (int) Math.round(share * 65536);
        double keep = 1 / (1 - share);
        long count = values.byteSize() / type.width();
        // All seeds walk one sequence; neighbours would walk it a few steps apart, were they not scattered over it.
        long start = mix(seed);
        for (long i = 0; i < count; i += 4) {
            long bits = mix(start + (i + 1) * GOLDEN);
            for (long j = i; j < Math.min(i + 4, count); j++, bits >>>= 16) {
                double scale = (bits & 0xFFFF) < limit ? 0 : keep;
                if (type == DataType.FLOAT) {
                    values.setAtIndex(ValueLayout.JAVA_FLOAT, j, values.getAtIndex(ValueLayout.JAVA_FLOAT, j) * (float) scale);
                } else {
                    values.setAtIndex(ValueLayout.JAVA_DOUBLE, j, values.getAtIndex(ValueLayout.JAVA_DOUBLE, j) * scale);
                }
            }
        }
    }

    /** SplitMix64's finaliser. */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
