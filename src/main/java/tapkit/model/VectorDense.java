package tapkit.model;

/** A dense layer before activation on vectors: W x + b. Immutable. */
final class VectorDense {
    private final PackedMatrix matrix;

    VectorDense(LstmWeights.Dense weights) {
        int rows = weights.w().shape().get(0);
        int columns = weights.w().shape().get(1);
        int blocks = (rows + 2 * PackedMatrix.BLOCK - 1) / (2 * PackedMatrix.BLOCK) * 2;
        matrix = new PackedMatrix(blocks, columns);
        for (int row = 0; row < rows; row++) {
            matrix.setBias(row, weights.b().get(row));
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, weights.w().get(row, column));
            }
        }
    }

    /** Numbers that {@link #apply} fills: the rows, and padding that becomes 0. */
    int rows() {
        return matrix.blocks * PackedMatrix.BLOCK;
    }

    void apply(float[] x, float[] out) {
        matrix.bias(out, 0);
        matrix.accumulate(x, 0, out, 0);
    }
}
