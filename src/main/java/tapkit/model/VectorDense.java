package tapkit.model;

/** A dense layer before activation on vectors: W x + b. Immutable. */
final class VectorDense {
    private final PackedMatrix matrix;

    VectorDense(LstmWeights.Dense weights, Precision precision) {
        int count = weights.w().shape().get(0);
        int columns = weights.w().shape().get(1);
        MatrixRows rows = new MatrixRows(2 * Math.ceilDiv(count, 2 * PackedMatrix.BLOCK), columns);
        for (int row = 0; row < count; row++) {
            rows.bias[row] = weights.b().get(row);
            for (int column = 0; column < columns; column++) {
                rows.set(row, column, weights.w().get(row, column));
            }
        }
        matrix = precision.pack(rows);
    }

    /** Numbers that {@link #apply} fills: the rows, and padding that becomes 0. */
    int rows() {
        return matrix.rows();
    }

    void apply(float[] x, float[] out) {
        apply(x, 0, out);
    }

    /** Of an x that begins at an index. */
    void apply(float[] x, int from, float[] out) {
        matrix.bias(out, 0);
        matrix.add(x, from, out, 0);
    }
}
