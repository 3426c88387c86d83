package tapkit.engine;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import tapkit.grid.Grid;
import tapkit.grid.Groove;

/** Reads what {@link RecordEncoder} wrote, a number at a time. */
final class RecordDecoder {
    /** What the bytes say cannot be. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    private final ByteBuffer in;

    RecordDecoder(byte[] records) {
        in = ByteBuffer.wrap(records);
    }

    boolean hasMore() {
        return in.hasRemaining();
    }

    int position() {
        return in.position();
    }

    int int8() {
        try {
            return in.get() & 0xFF;
        } catch (BufferUnderflowException e) {
            throw new Malformed("a record ends too soon");
        }
    }

    long unsigned() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int more = int8();
            value |= (more & 0x7FL) << shift;
            if ((more & 0x80) == 0) {
                return value;
            }
        }
        throw new Malformed("a number is too long");
    }

    /** A number from 0 to one less than a limit. */
    int below(int limit) {
        long value = unsigned();
        if (value < 0 || value >= limit) {
            throw new Malformed(value + " where there are " + limit);
        }
        return (int) value;
    }

    long signed() {
        long folded = unsigned();
        return (folded >>> 1) ^ -(folded & 1);
    }

    float float32() {
        return Float.intBitsToFloat(int32());
    }

    double float64() {
        return Double.longBitsToDouble(int64());
    }

    long int64() {
        return (long) int32() << 32 | (int32() & 0xFFFFFFFFL);
    }

    private int int32() {
        return int8() << 24 | int8() << 16 | int8() << 8 | int8();
    }

    void groove(Groove into) {
        into.clear();
        int cell = 0;
        for (int hits = below(Grid.CELLS + 1); hits > 0; hits--) {
            cell += below(Grid.CELLS - cell);
            into.hits[cell] = 1;
            into.offsets[cell] = float32();
            into.velocities[cell] = float32();
        }
    }
}
