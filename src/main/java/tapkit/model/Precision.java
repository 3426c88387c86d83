package tapkit.model;

import java.util.Locale;

/**
 * How the vector kernels keep a network's weights in memory: fewer bytes are fewer to read at every step. Sums, states and
 * activations are fp32 with each of them.
 */
public enum Precision {
    /** IEEE 754 binary32, as the scalar kernel computes. */
    FP32(4) {
        @Override
        PackedMatrix pack(MatrixRows rows) {
            return new Fp32Matrix(rows);
        }
    },
    /** The upper half of an fp32: all its range, 8 bits of significand. */
    BF16(2) {
        @Override
        PackedMatrix pack(MatrixRows rows) {
            return new Bf16Matrix(rows);
        }
    },
    /** Whole numbers from −127 to 127 and a scale for each row. */
    INT8(1) {
        @Override
        PackedMatrix pack(MatrixRows rows) {
            return new Int8Matrix(rows);
        }
    };

    /** What ships: the fastest on the live network of those that leave the metrics where fp32 has them (docs/performance.md). */
    public static final Precision SHIPPED = BF16;

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /** Of one weight. */
    public int bytes() {
        return bytes;
    }

    /** The name that reports have. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A matrix of this precision. */
    abstract PackedMatrix pack(MatrixRows rows);
}
