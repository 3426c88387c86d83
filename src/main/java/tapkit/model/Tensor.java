package tapkit.model;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A named matrix or vector of fp32 numbers, row by row, little endian, as safetensors stores it. Immutable: {@code values} is
 * read-only and may be a slice of a mapped file.
 */
public record Tensor(String name, List<Integer> shape, MemorySegment values) {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    public Tensor {
        shape = List.copyOf(shape);
        values = values.asReadOnly();
        if (values.byteSize() != Math.multiplyExact(count(shape), Float.BYTES)) {
            throw new IllegalArgumentException(name + ": " + values.byteSize() + " bytes for shape " + shape);
        }
    }

    /** A tensor with a copy of these numbers. */
    public static Tensor of(String name, float[] values, int... shape) {
        MemorySegment copy = Arena.ofAuto().allocate((long) values.length * Float.BYTES, Float.BYTES);
        MemorySegment.copy(values, 0, copy, FLOAT, 0, values.length);
        return new Tensor(name, Arrays.stream(shape).boxed().collect(Collectors.toList()), copy);
    }

    /** The number at an index, counted row by row. */
    public float get(long index) {
        return values.getAtIndex(FLOAT, index);
    }

    /** The number in a row and column of a matrix. */
    public float get(int row, int column) {
        return values.getAtIndex(FLOAT, (long) row * shape.get(1) + column);
    }

    /** A copy of the numbers, row by row. */
    public float[] toArray() {
        float[] copy = new float[Math.toIntExact(count(shape))];
        MemorySegment.copy(values, FLOAT, 0, copy, 0, copy.length);
        return copy;
    }

    /** Numbers in a tensor of this shape; ArithmeticException where a long cannot count them. */
    static long count(List<Integer> shape) {
        long count = 1;
        for (int size : shape) {
            count = Math.multiplyExact(count, size);
        }
        return count;
    }
}
