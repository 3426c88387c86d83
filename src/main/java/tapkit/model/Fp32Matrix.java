package tapkit.model;

import jdk.incubator.vector.FloatVector;

/** {@link Precision#FP32}: a number for each weight, [blocks, columns, 4, lanes]. */
final class Fp32Matrix extends PackedMatrix {
    private final float[] weights;

    Fp32Matrix(MatrixRows rows) {
        super(rows);
        weights = new float[rows() * columns];
        for (int row = 0; row < rows(); row++) {
            for (int column = 0; column < columns; column++) {
                weights[at(row, column)] = rows.get(row, column);
            }
        }
    }

    private int at(int row, int column) {
        return (row / BLOCK * columns + column) * BLOCK + row % BLOCK;
    }

    @Override
    long bytes() {
        return (long) weights.length * Float.BYTES;
    }

    @Override
    float get(int row, int column) {
        return weights[at(row, column)];
    }

    @Override
    void addTwoBlocks(int block, float[] x, int from, float[] out, int to) {
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

    @Override
    void addFourSteps(int block, float[] x, int from, float[] out, int to) {
        int toB = to + rows();
        int toC = toB + rows();
        int toD = toC + rows();
        FloatVector a0 = FloatVector.fromArray(SPECIES, out, to);
        FloatVector a1 = FloatVector.fromArray(SPECIES, out, to + LANES);
        FloatVector a2 = FloatVector.fromArray(SPECIES, out, to + 2 * LANES);
        FloatVector a3 = FloatVector.fromArray(SPECIES, out, to + 3 * LANES);
        FloatVector b0 = FloatVector.fromArray(SPECIES, out, toB);
        FloatVector b1 = FloatVector.fromArray(SPECIES, out, toB + LANES);
        FloatVector b2 = FloatVector.fromArray(SPECIES, out, toB + 2 * LANES);
        FloatVector b3 = FloatVector.fromArray(SPECIES, out, toB + 3 * LANES);
        FloatVector c0 = FloatVector.fromArray(SPECIES, out, toC);
        FloatVector c1 = FloatVector.fromArray(SPECIES, out, toC + LANES);
        FloatVector c2 = FloatVector.fromArray(SPECIES, out, toC + 2 * LANES);
        FloatVector c3 = FloatVector.fromArray(SPECIES, out, toC + 3 * LANES);
        FloatVector d0 = FloatVector.fromArray(SPECIES, out, toD);
        FloatVector d1 = FloatVector.fromArray(SPECIES, out, toD + LANES);
        FloatVector d2 = FloatVector.fromArray(SPECIES, out, toD + 2 * LANES);
        FloatVector d3 = FloatVector.fromArray(SPECIES, out, toD + 3 * LANES);
        float[] m = weights;
        int xB = from + columns;
        int xC = xB + columns;
        int xD = xC + columns;
        int p = block * columns * BLOCK;
        for (int j = 0; j < columns; j++, p += BLOCK) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, m, p);
            FloatVector w1 = FloatVector.fromArray(SPECIES, m, p + LANES);
            FloatVector w2 = FloatVector.fromArray(SPECIES, m, p + 2 * LANES);
            FloatVector w3 = FloatVector.fromArray(SPECIES, m, p + 3 * LANES);
            FloatVector va = FloatVector.broadcast(SPECIES, x[from + j]);
            a0 = w0.fma(va, a0);
            a1 = w1.fma(va, a1);
            a2 = w2.fma(va, a2);
            a3 = w3.fma(va, a3);
            FloatVector vb = FloatVector.broadcast(SPECIES, x[xB + j]);
            b0 = w0.fma(vb, b0);
            b1 = w1.fma(vb, b1);
            b2 = w2.fma(vb, b2);
            b3 = w3.fma(vb, b3);
            FloatVector vc = FloatVector.broadcast(SPECIES, x[xC + j]);
            c0 = w0.fma(vc, c0);
            c1 = w1.fma(vc, c1);
            c2 = w2.fma(vc, c2);
            c3 = w3.fma(vc, c3);
            FloatVector vd = FloatVector.broadcast(SPECIES, x[xD + j]);
            d0 = w0.fma(vd, d0);
            d1 = w1.fma(vd, d1);
            d2 = w2.fma(vd, d2);
            d3 = w3.fma(vd, d3);
        }
        a0.intoArray(out, to);
        a1.intoArray(out, to + LANES);
        a2.intoArray(out, to + 2 * LANES);
        a3.intoArray(out, to + 3 * LANES);
        b0.intoArray(out, toB);
        b1.intoArray(out, toB + LANES);
        b2.intoArray(out, toB + 2 * LANES);
        b3.intoArray(out, toB + 3 * LANES);
        c0.intoArray(out, toC);
        c1.intoArray(out, toC + LANES);
        c2.intoArray(out, toC + 2 * LANES);
        c3.intoArray(out, toC + 3 * LANES);
        d0.intoArray(out, toD);
        d1.intoArray(out, toD + LANES);
        d2.intoArray(out, toD + 2 * LANES);
        d3.intoArray(out, toD + 3 * LANES);
    }

    @Override
    void addColumn(int column, float x, float[] out, int to) {
        FloatVector v = FloatVector.broadcast(SPECIES, x);
        for (int block = 0; block < blocks; block++) {
            int p = (block * columns + column) * BLOCK;
            int end = to + (block + 1) * BLOCK;
            for (int at = to + block * BLOCK; at < end; at += LANES, p += LANES) {
                FloatVector.fromArray(SPECIES, weights, p).fma(v, FloatVector.fromArray(SPECIES, out, at)).intoArray(out, at);
            }
        }
    }
}
