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
    /** Whether it hears features, most of which are 0, and no layer below. */
    private final boolean isFirst;

    /**
     * @param below cells of the layer below, one direction's or each of two, or 0 where that is the features
     */
    VectorLstm(LstmWeights.Direction weights, int below, boolean backward, Precision precision) {
        int hidden = weights.r().shape().get(1);
        int inputs = weights.w().shape().get(1);
        width = width(hidden);
        this.backward = backward;
        isFirst = below == 0;
        MatrixRows rows = new MatrixRows(width / LANES, isFirst ? inputs : inputs / below * width(below));
        float[] from = weights.w().toArray();
        int left = isFirst ? inputs : below;
        for (int row = 0; row < 4 * hidden; row++) {
            int packed = packedRow(row, hidden);
            rows.bias[packed] = scale(row, hidden) * weights.b().get(row);
            rows.set(packed, 0, scale(row, hidden), from, row * inputs, left);
            rows.set(packed, width(below), scale(row, hidden), from, row * inputs + left, inputs - left);
        }
        w = precision.pack(rows);
        r = pack(weights.r(), hidden, width, precision);
    }

    /**
     * A matrix of the gates of so many cells, packed as this class multiplies it.
     *
     * @param width columns with padding
     */
    static PackedMatrix pack(Tensor matrix, int hidden, int width, Precision precision) {
        MatrixRows rows = new MatrixRows(width(hidden) / LANES, width);
        float[] from = matrix.toArray();
        int columns = matrix.shape().get(1);
        for (int row = 0; row < 4 * hidden; row++) {
            rows.set(packedRow(row, hidden), 0, scale(row, hidden), from, row * columns, columns);
        }
        return precision.pack(rows);
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
     * Runs over all steps, or goes on from where another run came: the steps that the direction takes first need no second
     * reading as long as they are the same.
     *
     * @param x     [steps, inputs], or the output of the layer below; all buffers have room for whole blocks of steps
     * @param done  how many of the direction's first steps c and y already hold
     * @param gates [steps, 4 × width], overwritten
     * @param c     [steps, width]
     * @param y     [steps, 2 × width]: this direction fills its half of each row
     */
    void run(float[] x, int done, int steps, float[] gates, float[] c, float[] y) {
        if (!isFirst) {
            w.biases(steps, gates);
            w.addAll(x, steps, gates);
        }
        for (int n = done; n < steps; n++) {
            int step = backward ? steps - 1 - n : n;
            int before = backward ? step + 1 : step - 1;
            int z = step * w.rows();
            int column = backward ? width : 0;
            if (isFirst) {
                w.bias(gates, z);
                w.addSparse(x, step * w.columns, gates, z);
            }
            if (n == 0) {
                before = step;
                Arrays.fill(c, step * width, (step + 1) * width, 0);
            } else if (n % 2 == 0) {
                r.addBackward(y, before * 2 * width + column, gates, z);
            } else {
                r.add(y, before * 2 * width + column, gates, z);
            }
            cell(gates, z, c, before * width, step * width, y, step * 2 * width + column);
        }
    }

    /** gates = b in a row of gates, the beginning of a single step. */
    void bias(float[] gates, int row) {
        w.bias(gates, row * w.rows());
    }

    /**
     * gates += W x.
     *
     * @param back from the last weights to the first, see {@link PackedMatrix#addBackward}
     */
    void hear(float[] x, float[] gates, boolean back) {
        add(w, x, gates, back);
    }

    /** The same for an x from an index on that is mostly zeros, and for a row of gates. */
    void hearSparse(float[] x, int from, float[] gates, int row) {
        w.addSparse(x, from, gates, row * w.rows());
    }

    /** Many begin one: gates = W x + b, [count, 4 × width], from the layer below, [count, width]. */
    void hearAll(float[] x, int count, float[] gates) {
        w.biases(count, gates);
        w.addAll(x, count, gates);
    }

    /** What a step has from the one before, R h, summed on its own so that it may be computed whenever h is there. */
    void recall(float[] h, float[] recalled, boolean back) {
        Arrays.fill(recalled, 0, r.rows(), 0);
        add(r, h, recalled, back);
    }

    /** The same for many, of h [count, width]: each weight is read once for four of them. */
    void recallAll(int count, float[] h, float[] recalled) {
        Arrays.fill(recalled, 0, LstmState.padded(count) * r.rows(), 0);
        r.addAll(h, count, recalled);
    }

    /** The end of a step of one or many: gates += what is recalled, from which the new c and h follow. */
    void step(int count, float[] gates, float[] recalled, float[] c, float[] h) {
        VectorActivations.add(gates, recalled, count * r.rows());
        for (int row = 0; row < count; row++) {
            int at = row * width;
            cell(gates, row * r.rows(), c, at, at, h, at);
        }
    }

    private static void add(PackedMatrix matrix, float[] x, float[] out, boolean back) {
        if (back) {
            matrix.addBackward(x, 0, out, 0);
        } else {
            matrix.add(x, 0, out, 0);
        }
    }

    private void cell(float[] gates, int z, float[] c, int before, int now, float[] y, int h) {
        VectorActivations.tanh(gates, z, 4 * width);
        cells(gates, z, c, before, now, y, h);
        VectorActivations.tanh(y, h, width);
        output(gates, z, y, h);
    }

    /** c = σ(f) c' + σ(i) tanh(g), also copied to y. The gates come as tanh(½ i), tanh(½ f), tanh(½ o), tanh(g). */
    private void cells(float[] gates, int z, float[] c, int before, int now, float[] y, int h) {
        for (int cell = 0, at = z; cell < width; cell += LANES, at += BLOCK) {
            FloatVector i = FloatVector.fromArray(SPECIES, gates, at).mul(0.5f).add(0.5f);
            FloatVector f = FloatVector.fromArray(SPECIES, gates, at + LANES).mul(0.5f).add(0.5f);
            FloatVector g = FloatVector.fromArray(SPECIES, gates, at + 3 * LANES);
            FloatVector next = i.fma(g, f.mul(FloatVector.fromArray(SPECIES, c, before + cell)));
            next.intoArray(c, now + cell);
            next.intoArray(y, h + cell);
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
