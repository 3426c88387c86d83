package tapkit.model;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** How a model file keeps its numbers, little endian, by safetensors' names. In memory all of them are fp32. */
public enum NumberType {
    /** IEEE 754 binary32. Mapped as it is. */
    F32(Float.BYTES),
    /** IEEE 754 binary16: 11 bits, up to 65504. Half the file; widened when it is opened. */
    F16(Short.BYTES),
    /**
     * Whole numbers from −127 to 127: a matrix in a quarter of the file, with the length of a step for each row in a vector beside it
     * ({@link #SCALE}); vectors stay fp32.
     */
    I8(Byte.BYTES);

    /** Follows the name of an int8 matrix in the name of its steps. */
    static final String SCALE = ".scale";
    /** The largest whole number, so that zero stays zero and both signs are alike. */
    static final int LARGEST_INT8 = 127;

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final float LARGEST_HALF = 65504;

    private final int bytes;

    NumberType(int bytes) {
        this.bytes = bytes;
    }

    /** Of one number. */
    int bytes() {
        return bytes;
    }

    /** The stored numbers as fp32: themselves, or a copy. */
    MemorySegment toFp32(MemorySegment stored) {
        if (this == F32) {
            return stored;
        }
        float[] wide = this == F16 ? halves(stored.toArray(HALF)) : wholes(stored.toArray(ValueLayout.JAVA_BYTE));
        MemorySegment copy = Arena.ofAuto().allocate((long) wide.length * Float.BYTES, Float.BYTES);
        MemorySegment.copy(wide, 0, copy, FLOAT, 0, wide.length);
        return copy;
    }

    // Arrays, because while nothing is compiled yet each number of a segment costs a hundred times as much.

    private static float[] halves(short[] stored) {
        float[] wide = new float[stored.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = Float.float16ToFloat(stored[i]);
        }
        return wide;
    }

    private static float[] wholes(byte[] stored) {
        float[] wide = new float[stored.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = stored[i];
        }
        return wide;
    }

    /** Stores a tensor's numbers, each as the nearest that there is. */
    void store(Tensor tensor, MemorySegment out) {
        if (this == F32) {
            out.copyFrom(tensor.values());
            return;
        }
        for (long i = 0; i < out.byteSize() / bytes; i++) {
            float value = tensor.get(i);
            if (this == I8) {
                out.setAtIndex(ValueLayout.JAVA_BYTE, i, (byte) Math.clamp(Math.round(value), -LARGEST_INT8, LARGEST_INT8));
                continue;
            }
            if (!(Math.abs(value) <= LARGEST_HALF)) {
                throw new IllegalArgumentException(tensor.name() + ": " + value + " is no number in half precision");
            }
            out.setAtIndex(HALF, i, Float.floatToFloat16(value));
        }
    }
}
