package tapkit.model;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A matrix with a bias, in fp32, laid out for the vector kernels: blocks of four vectors of rows, and within a block column after column,
 * so that a product reads it once from end to end: [blocks, columns, 4, lanes]. What pads it is 0. Immutable once packed.
 *
 * <p>A method here keeps its vectors to itself, for across calls the JVM may box them, and a block is as many vectors as stay in
 * registers. Every sum runs over the columns in order and by fused multiply-add, so a result does not depend on
 * the vector's length.
 */
final class PackedMatrix {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();
    /** Rows of a block. */
    static final int BLOCK = 4 * LANES;

    final int blocks;
    final int columns;
    private final float[] weights;
    private final float[] bias;

    PackedMatrix(int blocks, int columns) {
        this.blocks = blocks;
        this.columns = columns;
        this.weights = new float[blocks * columns * BLOCK];
        this.bias = new float[blocks * BLOCK];
    }

    /** Sets one number while the matrix is being packed. */
    void set(int row, int column, float value) {
        weights[(row / BLOCK * columns + column) * BLOCK + row % BLOCK] = value;
    }

    /** Sets one number of the bias while the matrix is being packed. */
    void setBias(int row, float value) {
        bias[row] = value;
    }

    /** Copies the bias: blocks × 4 × lanes numbers from index {@code to}. */
    void bias(float[] out, int to) {
        System.arraycopy(bias, 0, out, to, bias.length);
    }

    /** {@link #accumulate} for a vector that is mostly zeros, which cost nothing. */
    void accumulateSparse(float[] x, float[] out) {
        for (int column = 0; column < columns; column++) {
            if (x[column] != 0) {
                accumulateColumn(column, x[column], out);
            }
        }
    }

    private void accumulateColumn(int column, float x, float[] out) {
        FloatVector v = FloatVector.broadcast(SPECIES, x);
        for (int block = 0; block < blocks; block++) {
            int p = (block * columns + column) * BLOCK;
            for (int at = block * BLOCK; at < (block + 1) * BLOCK; at += LANES, p += LANES) {
                FloatVector.fromArray(SPECIES, weights, p).fma(v, FloatVector.fromArray(SPECIES, out, at)).intoArray(out, at);
            }
        }
    }

    /**
     * Adds one step's product to what is there: out += matrix · x.
     *
     * @param x   a vector of {@link #columns} numbers from index {@code from}
     * @param out a vector of blocks × 4 × lanes numbers from index {@code to}; an even number of blocks
     */
    void accumulate(float[] x, int from, float[] out, int to) {
        for (int block = 0; block < blocks; block += 2) {
            accumulate(block, x, from, out, to + block * BLOCK);
        }
    }

    /** Two blocks at once: eight sums in flight hide the latency of a fused multiply-add. */
    private void accumulate(int block, float[] x, int from, float[] out, int to) {
        FloatVector a0 = FloatVector.fromArray(SPECIES, out, to);
        FloatVector a1 = FloatVector.fromArray(SPECIES, out, to + LANES);
        FloatVector a2 = FloatVector.fromArray(SPECIES, out, to + 2 * LANES);
        FloatVector a3 = FloatVector.fromArray(SPECIES, out, to + 3 * LANES);
        FloatVector b0 = FloatVector.fromArray(SPECIES, out, to + BLOCK);
        FloatVector b1 = FloatVector.fromArray(SPECIES, out, to + BLOCK + LANES);
        FloatVector b2 = FloatVector.fromArray(SPECIES, out, to + BLOCK + 2 * LANES);
        FloatVector b3 = FloatVector.fromArray(SPECIES, out, to + BLOCK + 3 * LANES);
        float[] m = weights;
        int p = block * columns * BLOCK;
        int q = p + columns * BLOCK;
        for (int j = 0; j < columns; j++, p += BLOCK, q += BLOCK) {
            FloatVector v = FloatVector.broadcast(SPECIES, x[from + j]);
            a0 = FloatVector.fromArray(SPECIES, m, p).fma(v, a0);
            a1 = FloatVector.fromArray(SPECIES, m, p + LANES).fma(v, a1);
            a2 = FloatVector.fromArray(SPECIES, m, p + 2 * LANES).fma(v, a2);
            a3 = FloatVector.fromArray(SPECIES, m, p + 3 * LANES).fma(v, a3);
            b0 = FloatVector.fromArray(SPECIES, m, q).fma(v, b0);
            b1 = FloatVector.fromArray(SPECIES, m, q + LANES).fma(v, b1);
            b2 = FloatVector.fromArray(SPECIES, m, q + 2 * LANES).fma(v, b2);
            b3 = FloatVector.fromArray(SPECIES, m, q + 3 * LANES).fma(v, b3);
        }
        a0.intoArray(out, to);
        a1.intoArray(out, to + LANES);
        a2.intoArray(out, to + 2 * LANES);
        a3.intoArray(out, to + 3 * LANES);
        b0.intoArray(out, to + BLOCK);
        b1.intoArray(out, to + BLOCK + LANES);
        b2.intoArray(out, to + BLOCK + 2 * LANES);
        b3.intoArray(out, to + BLOCK + 3 * LANES);
    }

    /**
     * out = x · matrixᵀ + bias for every step, four steps at a time so that each weight is loaded once for the four. Columns in
     * which all four are zero (most features are) cost nothing.
     *
     * @param x     [steps, columns]
     * @param steps if no multiple of four, some more rows of {@code x} are read and of {@code out} written
     * @param out   [steps, blocks × 4 × lanes]
     */
    void multiply(float[] x, int steps, float[] out) {
        for (int block = 0; block < blocks; block++) {
            for (int step = 0; step < steps; step += LstmState.STEP_BLOCK) {
                multiply(x, step, block, out);
            }
        }
    }

    private void multiply(float[] x, int step, int block, float[] out) {
        float[] m = weights;
        int x0 = step * columns;
        int x1 = x0 + columns;
        int x2 = x1 + columns;
        int x3 = x2 + columns;
        FloatVector a0 = FloatVector.fromArray(SPECIES, bias, block * BLOCK);
        FloatVector a1 = FloatVector.fromArray(SPECIES, bias, block * BLOCK + LANES);
        FloatVector a2 = FloatVector.fromArray(SPECIES, bias, block * BLOCK + 2 * LANES);
        FloatVector a3 = FloatVector.fromArray(SPECIES, bias, block * BLOCK + 3 * LANES);
        FloatVector b0 = a0;
        FloatVector b1 = a1;
        FloatVector b2 = a2;
        FloatVector b3 = a3;
        FloatVector c0 = a0;
        FloatVector c1 = a1;
        FloatVector c2 = a2;
        FloatVector c3 = a3;
        FloatVector d0 = a0;
        FloatVector d1 = a1;
        FloatVector d2 = a2;
        FloatVector d3 = a3;
        int w = block * columns * BLOCK;
        for (int j = 0; j < columns; j++, w += BLOCK) {
            float xa = x[x0 + j];
            float xb = x[x1 + j];
            float xc = x[x2 + j];
            float xd = x[x3 + j];
            if (xa == 0 && xb == 0 && xc == 0 && xd == 0) {
                continue;
            }
            FloatVector w0 = FloatVector.fromArray(SPECIES, m, w);
            FloatVector w1 = FloatVector.fromArray(SPECIES, m, w + LANES);
            FloatVector w2 = FloatVector.fromArray(SPECIES, m, w + 2 * LANES);
            FloatVector w3 = FloatVector.fromArray(SPECIES, m, w + 3 * LANES);
            FloatVector va = FloatVector.broadcast(SPECIES, xa);
            a0 = w0.fma(va, a0);
            a1 = w1.fma(va, a1);
            a2 = w2.fma(va, a2);
            a3 = w3.fma(va, a3);
            FloatVector vb = FloatVector.broadcast(SPECIES, xb);
            b0 = w0.fma(vb, b0);
            b1 = w1.fma(vb, b1);
            b2 = w2.fma(vb, b2);
            b3 = w3.fma(vb, b3);
            FloatVector vc = FloatVector.broadcast(SPECIES, xc);
            c0 = w0.fma(vc, c0);
            c1 = w1.fma(vc, c1);
            c2 = w2.fma(vc, c2);
            c3 = w3.fma(vc, c3);
            FloatVector vd = FloatVector.broadcast(SPECIES, xd);
            d0 = w0.fma(vd, d0);
            d1 = w1.fma(vd, d1);
            d2 = w2.fma(vd, d2);
            d3 = w3.fma(vd, d3);
        }
        int rows = blocks * BLOCK;
        int to = step * rows + block * BLOCK;
        a0.intoArray(out, to);
        a1.intoArray(out, to + LANES);
        a2.intoArray(out, to + 2 * LANES);
        a3.intoArray(out, to + 3 * LANES);
        b0.intoArray(out, to + rows);
        b1.intoArray(out, to + rows + LANES);
        b2.intoArray(out, to + rows + 2 * LANES);
        b3.intoArray(out, to + rows + 3 * LANES);
        c0.intoArray(out, to + 2 * rows);
        c1.intoArray(out, to + 2 * rows + LANES);
        c2.intoArray(out, to + 2 * rows + 2 * LANES);
        c3.intoArray(out, to + 2 * rows + 3 * LANES);
        d0.intoArray(out, to + 3 * rows);
        d1.intoArray(out, to + 3 * rows + LANES);
        d2.intoArray(out, to + 3 * rows + 2 * LANES);
        d3.intoArray(out, to + 3 * rows + 3 * LANES);
    }
}
