package tapkit.model;

import static tapkit.model.PackedMatrix.BLOCK;

/** A matrix with a bias on its way into a {@link PackedMatrix}: fp32, row after row, the last rows padding of zeros. */
final class MatrixRows {
    final int blocks;
    final int columns;
    final float[] bias;
    private final float[] weights;

    MatrixRows(int blocks, int columns) {
        this.blocks = blocks;
        this.columns = columns;
        bias = new float[blocks * BLOCK];
        weights = new float[bias.length * columns];
    }

    int rows() {
        return bias.length;
    }

    void set(int row, int column, float value) {
        weights[row * columns + column] = value;
    }

    /** Takes {@code count} numbers over, from a column on, scaled. */
    void set(int row, int column, float scale, float[] from, int at, int count) {
        for (int i = 0, to = row * columns + column; i < count; i++) {
            weights[to + i] = scale * from[at + i];
        }
    }

    float get(int row, int column) {
        return weights[row * columns + column];
    }
}
