package tapkit.model;

import static tapkit.model.PackedMatrix.BLOCK;
import static tapkit.model.PackedMatrix.LANES;
import static tapkit.model.PackedMatrix.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import tapkit.grid.Grid;

/**
 * One direction of an LSTM layer on vectors. The cells are padded to an even number of vectors, {@link #width}; a block of the
 * packed weights holds the gates i, f, o, g of one vector of cells, so that a cell's gates meet in registers. Padding cells have
 * weights and biases 0, and stay at 0. Immutable; the state is the caller's.
 */
final class VectorLstm {
    private final PackedMatrix w;
    private final PackedMatrix r;
    private final boolean backward;

    /**
     * @param below cells of each direction of the layer below, or 0 where that is the features
     */
    VectorLstm(LstmWeights.Direction weights, int below, boolean backward) {
        int hidden = weights.r().shape().get(1);
        int inputs = weights.w().shape().get(1);
        int width = width(hidden);
        this.backward = backward;
        this.w = new PackedMatrix(width / LANES, below == 0 ? inputs : 2 * width(below));
        this.r = new PackedMatrix(width / LANES, hidden);
        for (int row = 0; row < 4 * hidden; row++) {
            int gate = row / hidden;
            int cell = row % hidden;
            int packed = cell / LANES * BLOCK + gate * LANES + cell % LANES;
            w.setBias(packed, weights.b().get(row));
            for (int column = 0; column < inputs; column++) {
                boolean right = below > 0 && column >= below;
                w.set(packed, right ? width(below) + column - below : column, weights.w().get(row, column));
            }
            for (int column = 0; column < hidden; column++) {
                r.set(packed, column, weights.r().get(row, column));
            }
        }
    }

    /** Cells with padding: an even number of vectors. */
    static int width(int hidden) {
        return (hidden + 2 * LANES - 1) / (2 * LANES) * (2 * LANES);
    }

    /**
     * Runs over all steps.
     *
     * @param x     [steps, inputs], or the output of the layer below
     * @param gates [steps, 4 × width], overwritten
     * @param c     [width], overwritten
     * @param y     [steps, 2 × width]: this direction fills its half of each row
     */
    void run(float[] x, float[] gates, float[] c, float[] y) {
        w.multiply(x, gates);
        Arrays.fill(c, 0);
        int row = 2 * r.blocks * LANES;
        int from = backward ? row / 2 : 0;
        for (int n = 0; n < Grid.STEPS; n++) {
            int step = backward ? Grid.STEPS - 1 - n : n;
            int before = from + (backward ? step + 1 : step - 1) * row;
            for (int block = 0; block < r.blocks; block += 2) {
                cells(block, n == 0 ? 0 : r.columns, y, before, gates, step, c, from + step * row);
            }
        }
    }

    /** Two vectors of cells at one step: gates += R h', then the cell's equations. */
    private void cells(int block, int columns, float[] y, int before, float[] gates, int step, float[] c, int to) {
        int z = (step * r.blocks + block) * BLOCK;
        FloatVector i0 = FloatVector.fromArray(SPECIES, gates, z);
        FloatVector f0 = FloatVector.fromArray(SPECIES, gates, z + LANES);
        FloatVector o0 = FloatVector.fromArray(SPECIES, gates, z + 2 * LANES);
        FloatVector g0 = FloatVector.fromArray(SPECIES, gates, z + 3 * LANES);
        FloatVector i1 = FloatVector.fromArray(SPECIES, gates, z + BLOCK);
        FloatVector f1 = FloatVector.fromArray(SPECIES, gates, z + BLOCK + LANES);
        FloatVector o1 = FloatVector.fromArray(SPECIES, gates, z + BLOCK + 2 * LANES);
        FloatVector g1 = FloatVector.fromArray(SPECIES, gates, z + BLOCK + 3 * LANES);
        float[] m = r.weights;
        int p = block * r.columns * BLOCK;
        int q = p + r.columns * BLOCK;
        for (int j = 0; j < columns; j++, p += BLOCK, q += BLOCK) {
            FloatVector h = FloatVector.broadcast(SPECIES, y[before + j]);
            i0 = FloatVector.fromArray(SPECIES, m, p).fma(h, i0);
            f0 = FloatVector.fromArray(SPECIES, m, p + LANES).fma(h, f0);
            o0 = FloatVector.fromArray(SPECIES, m, p + 2 * LANES).fma(h, o0);
            g0 = FloatVector.fromArray(SPECIES, m, p + 3 * LANES).fma(h, g0);
            i1 = FloatVector.fromArray(SPECIES, m, q).fma(h, i1);
            f1 = FloatVector.fromArray(SPECIES, m, q + LANES).fma(h, f1);
            o1 = FloatVector.fromArray(SPECIES, m, q + 2 * LANES).fma(h, o1);
            g1 = FloatVector.fromArray(SPECIES, m, q + 3 * LANES).fma(h, g1);
        }
        cell(i0, f0, o0, g0, c, block * LANES, y, to + block * LANES);
        cell(i1, f1, o1, g1, c, (block + 1) * LANES, y, to + (block + 1) * LANES);
    }

    /** c = σ(f) c' + σ(i) tanh(g); h = σ(o) tanh(c). */
    private static void cell(FloatVector i, FloatVector f, FloatVector o, FloatVector g, float[] c, int at, float[] y, int to) {
        FloatVector kept = VectorActivations.sigmoid(f).mul(FloatVector.fromArray(SPECIES, c, at));
        FloatVector now = VectorActivations.sigmoid(i).fma(VectorActivations.tanh(g), kept);
        now.intoArray(c, at);
        VectorActivations.sigmoid(o).mul(VectorActivations.tanh(now)).intoArray(y, to);
    }
}
