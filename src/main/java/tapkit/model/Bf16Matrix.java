package tapkit.model;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Precision#BF16}: two weights in an int, [blocks, columns, 2, lanes]; the lower half is the first or third vector of the
 * block, the upper half the second or fourth. A shift or a mask makes a float of either.
 */
final class Bf16Matrix extends PackedMatrix {
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int UPPER = 0xFFFF0000;
    private static final int HALF_BLOCK = BLOCK / 2;

    private final int[] weights;

    Bf16Matrix(MatrixRows rows) {
        super(rows);
        weights = new int[rows() / 2 * columns];
        for (int row = 0; row < rows(); row++) {
            for (int column = 0; column < columns; column++) {
                int bits = nearest(rows.get(row, column));
                weights[at(row, column)] |= isUpper(row) ? bits << 16 : bits;
            }
        }
    }

    /** The nearest of the numbers whose lower half is 0, to even where two are; without their lower half. */
    private static int nearest(float value) {
        int bits = Float.floatToIntBits(value);
        return (bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16;
    }

    private int at(int row, int column) {
        int vector = row % BLOCK / LANES;
        return (row / BLOCK * columns + column) * HALF_BLOCK + vector / 2 * LANES + row % LANES;
    }

    private static boolean isUpper(int row) {
        return row / LANES % 2 == 1;
    }

    @Override
    long bytes() {
        return (long) weights.length * Integer.BYTES;
    }

    @Override
    float get(int row, int column) {
        int both = weights[at(row, column)];
        return Float.intBitsToFloat(isUpper(row) ? both & UPPER : both << 16);
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
        int[] m = weights;
        int p = block * columns * HALF_BLOCK;
        int q = p + columns * HALF_BLOCK;
        for (int j = 0; j < columns; j++, p += HALF_BLOCK, q += HALF_BLOCK) {
            FloatVector v = FloatVector.broadcast(SPECIES, x[from + j]);
            IntVector p01 = IntVector.fromArray(INTS, m, p);
            IntVector p23 = IntVector.fromArray(INTS, m, p + LANES);
            a0 = p01.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(v, a0);
            a1 = p01.and(UPPER).reinterpretAsFloats().fma(v, a1);
            a2 = p23.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(v, a2);
            a3 = p23.and(UPPER).reinterpretAsFloats().fma(v, a3);
            IntVector q01 = IntVector.fromArray(INTS, m, q);
            IntVector q23 = IntVector.fromArray(INTS, m, q + LANES);
            b0 = q01.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(v, b0);
            b1 = q01.and(UPPER).reinterpretAsFloats().fma(v, b1);
            b2 = q23.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(v, b2);
            b3 = q23.and(UPPER).reinterpretAsFloats().fma(v, b3);
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
        int[] m = weights;
        int xB = from + columns;
        int xC = xB + columns;
        int xD = xC + columns;
        int p = block * columns * HALF_BLOCK;
        for (int j = 0; j < columns; j++, p += HALF_BLOCK) {
            IntVector p01 = IntVector.fromArray(INTS, m, p);
            IntVector p23 = IntVector.fromArray(INTS, m, p + LANES);
            FloatVector w0 = p01.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
            FloatVector w1 = p01.and(UPPER).reinterpretAsFloats();
            FloatVector w2 = p23.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
            FloatVector w3 = p23.and(UPPER).reinterpretAsFloats();
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
            int p = (block * columns + column) * HALF_BLOCK;
            int end = to + (block + 1) * BLOCK;
            for (int at = to + block * BLOCK; at < end; at += 2 * LANES, p += LANES) {
                IntVector both = IntVector.fromArray(INTS, weights, p);
                both.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().fma(v, FloatVector.fromArray(SPECIES, out, at))
                        .intoArray(out, at);
                both.and(UPPER).reinterpretAsFloats().fma(v, FloatVector.fromArray(SPECIES, out, at + LANES))
                        .intoArray(out, at + LANES);
            }
        }
    }
}
