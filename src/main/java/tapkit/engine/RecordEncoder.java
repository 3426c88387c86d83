package tapkit.engine;

import tapkit.grid.Grid;
import tapkit.grid.Groove;

/**
 * Encodes one record at a time into a buffer that is there from the start: whole numbers in groups of seven bits, the lowest first, those
 * that may be negative folded (0, −1, 1, −2 ...); floats and doubles as their bits. Not thread safe; does not allocate.
 */
final class RecordEncoder {
    /** The largest record is a groove with a hit in every cell. */
    private static final int MOST_BYTES = 64 + Grid.CELLS * 10;

    final byte[] bytes = new byte[MOST_BYTES];
    private int size;

    int size() {
        return size;
    }

    RecordEncoder begin(int type) {
        size = 0;
        return int8(type);
    }

    RecordEncoder int8(int value) {
        bytes[size++] = (byte) value;
        return this;
    }

    RecordEncoder unsigned(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            int8((int) rest | 0x80);
            rest >>>= 7;
        }
        return int8((int) rest);
    }

    RecordEncoder signed(long value) {
        return unsigned((value << 1) ^ (value >> 63));
    }

    RecordEncoder float32(float value) {
        return int32(Float.floatToRawIntBits(value));
    }

    RecordEncoder float64(double value) {
        return int64(Double.doubleToRawLongBits(value));
    }

    RecordEncoder int64(long value) {
        return int32((int) (value >>> 32)).int32((int) value);
    }

    /** The hits: their number, then of each how many cells it is after the one before, its offset and its velocity. */
    RecordEncoder groove(Groove groove) {
        int hits = 0;
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            hits += groove.hits[cell] != 0 ? 1 : 0;
        }
        unsigned(hits);
        int last = 0;
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            if (groove.hits[cell] != 0) {
                unsigned(cell - last).float32(groove.offsets[cell]).float32(groove.velocities[cell]);
                last = cell;
            }
        }
        return this;
    }

    private RecordEncoder int32(int value) {
        return int8(value >>> 24).int8(value >>> 16).int8(value >>> 8).int8(value);
    }
}
