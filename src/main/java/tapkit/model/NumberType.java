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
    F16(Short.BYTES);

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
        long count = stored.byteSize() / bytes;
        MemorySegment wide = Arena.ofAuto().allocate(count * Float.BYTES, Float.BYTES);
        for (long i = 0; i < count; i++) {
            wide.setAtIndex(FLOAT, i, Float.float16ToFloat(stored.getAtIndex(HALF, i)));
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
            if (!(Math.abs(value) <= LARGEST_HALF)) {
                throw new IllegalArgumentException(tensor.name() + ": " + value + " is no number in half precision");
            }
            out.setAtIndex(HALF, i, Float.floatToFloat16(value));
        }
    }
}
