package tapkit.model;

import static tapkit.model.PackedMatrix.BLOCK;
import static tapkit.model.PackedMatrix.LANES;
import static tapkit.model.PackedMatrix.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * One direction of an LSTM layer on vectors. The cells are padded to an even number of vectors, {@link #width}; a block of the
 * packed weights holds the gates i, f, o, g of one vector of cells. The rows of i, f and o are halved, which is exact, so that
 * σ(z) = ½ tanh(½ z) + ½ turns all four gates into one run of tanh. Padding cells have weights and biases 0, and stay at 0.
 * Immutable; the state is the caller's.
 */
final class VectorLstm {
    private final int width;
    private final PackedMatrix w;
    private final PackedMatrix r;
    private final boolean backward;

    /**
     * @param below cells of each direction of the layer below, or 0 where that is the features
     */
    VectorLstm(LstmWeights.Direction weights, int below, boolean backward) {
        int hidden = weights.r().shape().get(1);
        int inputs = weights.w().shape().get(1);
        width = width(hidden);
        this.backward = backward;
        this.w = new PackedMatrix(width / LANES, below == 0 ? inputs : 2 * width(below));
        this.r = pack(weights.r(), hidden);
        for (int row = 0; row < 4 * hidden; row++) {
            int packed = packedRow(row, hidden);
            w.setBias(packed, scale(row, hidden) * weights.b().get(row));
            for (int column = 0; column < inputs; column++) {
                boolean right = below > 0 && column >= below;
                w.set(packed, right ? width(below) + column - below : column,
                        scale(row, hidden) * weights.w().get(row, column));
            }
        }
    }

    /** A matrix of the gates of so many cells, packed as this class multiplies it. */
    static PackedMatrix pack(Tensor matrix, int hidden) {
        int columns = matrix.shape().get(1);
        PackedMatrix packed = new PackedMatrix(width(hidden) / LANES, columns);
        for (int row = 0; row < 4 * hidden; row++) {
            for (int column = 0; column < columns; column++) {
                packed.set(packedRow(row, hidden), column, scale(row, hidden) * matrix.get(row, column));
            }
        }
        return packed;
    }

    private static int packedRow(int row, int hidden) {
        int gate = row / hidden;
        int cell = row % hidden;
        return cell / LANES * BLOCK + gate * LANES + cell % LANES;
    }

    private static float scale(int row, int hidden) {
        return row < 3 * hidden ? 0.5f : 1;
    }

    /** Cells with padding: an even number of vectors. */
    static int width(int hidden) {
        return (hidden + 2 * LANES - 1) / (2 * LANES) * (2 * LANES);
    }

    /**
     * Runs over all steps.
     *
     * @param x     [steps, inputs], or the output of the layer below; all buffers have room for whole blocks of steps
     * @param gates [steps, 4 × width], overwritten
     * @param c     [width], overwritten
     * @param y     [steps, 2 × width]: this direction fills its half of each row
     */
    void run(float[] x, int steps, float[] gates, float[] c, float[] y) {
        w.multiply(x, steps, gates);
        Arrays.fill(c, 0);
        int rows = 4 * width;
        for (int n = 0; n < steps; n++) {
            int step = backward ? steps - 1 - n : n;
            int z = step * rows;
            int h = step * 2 * width + (backward ? width : 0);
            if (n > 0) {
                r.accumulate(y, backward ? h + 2 * width : h - 2 * width, gates, z);
            }
            cell(gates, z, c, y, h);
        }
    }

    /** gates = b, the beginning of a single step. */
    void bias(float[] gates) {
        w.bias(gates, 0);
    }

    /** gates += W x. */
    void hear(float[] x, float[] gates) {
        w.accumulate(x, 0, gates, 0);
    }

    /** The same for an x that is mostly zeros. */
    void hearSparse(float[] x, float[] gates) {
        w.accumulateSparse(x, gates);
    }

    /** The end of a single step: gates += R h, from which the new c and h follow. */
    void step(float[] gates, float[] c, float[] h) {
        r.accumulate(h, 0, gates, 0);
        cell(gates, 0, c, h, 0);
    }

    private void cell(float[] gates, int z, float[] c, float[] y, int h) {
        VectorActivations.tanh(gates, z, 4 * width);
        cells(gates, z, c, y, h);
        VectorActivations.tanh(y, h, width);
        output(gates, z, y, h);
    }

    /** c = σ(f) c' + σ(i) tanh(g), also copied to y. The gates come as tanh(½ i), tanh(½ f), tanh(½ o), tanh(g). */
    private void cells(float[] gates, int z, float[] c, float[] y, int h) {
        for (int cell = 0, at = z; cell < width; cell += LANES, at += BLOCK) {
            FloatVector i = FloatVector.fromArray(SPECIES, gates, at).mul(0.5f).add(0.5f);
            FloatVector f = FloatVector.fromArray(SPECIES, gates, at + LANES).mul(0.5f).add(0.5f);
            FloatVector g = FloatVector.fromArray(SPECIES, gates, at + 3 * LANES);
            FloatVector now = i.fma(g, f.mul(FloatVector.fromArray(SPECIES, c, cell)));
            now.intoArray(c, cell);
            now.intoArray(y, h + cell);
        }
    }

    /** h = σ(o) tanh(c), where y holds tanh(c). */
    private void output(float[] gates, int z, float[] y, int h) {
        for (int cell = 0, at = z + 2 * LANES; cell < width; cell += LANES, at += BLOCK) {
            FloatVector o = FloatVector.fromArray(SPECIES, gates, at).mul(0.5f).add(0.5f);
            o.mul(FloatVector.fromArray(SPECIES, y, h + cell)).intoArray(y, h + cell);
        }
    }
}
