package tapkit.model;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A matrix with a bias, laid out for the vector kernels: blocks of four vectors of rows, and within a block column after column, so
 * that a product reads it once from end to end. What pads it is 0. Immutable. A subclass for each {@link Precision} knows how a
 * weight lies in memory.
 *
 * <p>A method here keeps its vectors to itself, for across calls the JVM may box them, and takes as many at once as stay in
 * registers. Every sum runs over the columns in order and by fused multiply-add, so a result does not depend on the vector's
 * length, nor on how many steps are taken at once.
 */
abstract sealed class PackedMatrix permits Fp32Matrix, Bf16Matrix, Int8Matrix {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();
    /** Rows of a block. */
    static final int BLOCK = 4 * LANES;

    final int blocks;
    final int columns;
    private final float[] bias;

    PackedMatrix(MatrixRows rows) {
        blocks = rows.blocks;
        columns = rows.columns;
        bias = rows.bias.clone();
    }

    /** Rows with padding. */
    final int rows() {
        return bias.length;
    }

    /** Bytes that a product reads. */
    abstract long bytes();

    /** A weight as it counts in a product. */
    abstract float get(int row, int column);

    /** Begins a step: out = bias, {@link #rows} numbers from index {@code to}. */
    final void bias(float[] out, int to) {
        System.arraycopy(bias, 0, out, to, bias.length);
    }

    /** The same for many steps, and those that {@link #addAll} may take beyond them. */
    final void biases(int steps, float[] out) {
        for (int step = 0; step < LstmState.padded(steps); step++) {
            bias(out, step * rows());
        }
    }

    /**
     * One step: out += matrix · x. There must be an even number of blocks.
     *
     * @param x   {@link #columns} numbers from index {@code from}
     * @param out {@link #rows} numbers from index {@code to}
     */
    final void add(float[] x, int from, float[] out, int to) {
        for (int block = 0; block < blocks; block += 2) {
            addTwoBlocks(block, x, from, out, to + block * BLOCK);
        }
    }

    /**
     * The same from the last block to the first. Where a matrix is larger than a cache, to sweep it back and forth finds there what
     * the sweep before has read last.
     */
    final void addBackward(float[] x, int from, float[] out, int to) {
        for (int block = blocks - 2; block >= 0; block -= 2) {
            addTwoBlocks(block, x, from, out, to + block * BLOCK);
        }
    }

    /** The same for an x that is mostly zeros, which cost nothing. */
    final void addSparse(float[] x, int from, float[] out, int to) {
        for (int column = 0; column < columns; column++) {
            if (x[from + column] != 0) {
                addColumn(column, x[from + column], out, to);
            }
        }
    }

    /**
     * Many steps, each weight being read once for four of them.
     *
     * @param x     [steps, columns]
     * @param steps if no multiple of four, up to three more rows of {@code x} are read and of {@code out} written, see
     *              {@link LstmState#padded}
     * @param out   [steps, rows]
     */
    final void addAll(float[] x, int steps, float[] out) {
        for (int block = 0; block < blocks; block++) {
            for (int step = 0; step < steps; step += LstmState.STEP_BLOCK) {
                addFourSteps(block, x, step * columns, out, step * rows() + block * BLOCK);
            }
        }
    }

    /** Eight sums in flight hide the latency of a fused multiply-add. */
    abstract void addTwoBlocks(int block, float[] x, int from, float[] out, int to);

    abstract void addFourSteps(int block, float[] x, int from, float[] out, int to);

    abstract void addColumn(int column, float x, float[] out, int to);
}
