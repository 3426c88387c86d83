package tapkit.model;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Precision#INT8}: four weights in an int, [blocks, columns, lanes]; byte n belongs to the block's vector n. A byte b in 1…255
 * stands for (b − 128) · scale of its row. Right below the exponent of 1.0 it makes the float 1 + b/256, without a conversion, from
 * which 1.5 is taken.
 */
final class Int8Matrix extends PackedMatrix {
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    /** Where the byte lies in the significand, and 1.0 around it. */
    private static final int BYTE = 0x007F_8000;
    private static final int ONE = 0x3F80_0000;
    private static final float EXCESS = 1.5f;
    private static final int LARGEST = 127;

    private final int[] weights;
    /** What 256 units are worth, [rows]. */
    private final float[] scales;

    Int8Matrix(MatrixRows rows) {
        super(rows);
        weights = new int[rows() / 4 * columns];
        scales = new float[rows()];
        for (int row = 0; row < rows(); row++) {
            float largest = 0;
            for (int column = 0; column < columns; column++) {
                largest = Math.max(largest, Math.abs(rows.get(row, column)));
            }
            float unit = largest / LARGEST;
            scales[row] = 256 * unit;
            for (int column = 0; column < columns; column++) {
                int units = unit == 0 ? 0 : Math.clamp(Math.round(rows.get(row, column) / unit), -LARGEST, LARGEST);
                weights[at(row, column)] |= (units + 128) << shift(row);
            }
        }
    }

    private int at(int row, int column) {
        return (row / BLOCK * columns + column) * LANES + row % LANES;
    }

    private static int shift(int row) {
        return row % BLOCK / LANES * Byte.SIZE;
    }

    @Override
    long bytes() {
        return (long) weights.length * Integer.BYTES + (long) scales.length * Float.BYTES;
    }

    @Override
    float get(int row, int column) {
        return ((weights[at(row, column)] >>> shift(row) & 0xFF) - 128) / 256f * scales[row];
    }

    @Override
    void addTwoBlocks(int block, float[] x, int from, float[] out, int to) {
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = FloatVector.zero(SPECIES);
        FloatVector a2 = FloatVector.zero(SPECIES);
        FloatVector a3 = FloatVector.zero(SPECIES);
        FloatVector b0 = FloatVector.zero(SPECIES);
        FloatVector b1 = FloatVector.zero(SPECIES);
        FloatVector b2 = FloatVector.zero(SPECIES);
        FloatVector b3 = FloatVector.zero(SPECIES);
        int[] m = weights;
        int p = block * columns * LANES;
        int q = p + columns * LANES;
        for (int j = 0; j < columns; j++, p += LANES, q += LANES) {
            FloatVector v = FloatVector.broadcast(SPECIES, x[from + j]);
            IntVector wp = IntVector.fromArray(INTS, m, p);
            a0 = wp.lanewise(VectorOperators.LSHL, 15).and(BYTE).or(ONE).reinterpretAsFloats().sub(EXCESS).fma(v, a0);
            a1 = wp.lanewise(VectorOperators.LSHL, 7).and(BYTE).or(ONE).reinterpretAsFloats().sub(EXCESS).fma(v, a1);
            a2 = wp.lanewise(VectorOperators.LSHR, 1).and(BYTE).or(ONE).reinterpretAsFloats().sub(EXCESS).fma(v, a2);
            a3 = wp.lanewise(VectorOperators.LSHR, 9).and(BYTE).or(ONE).reinterpretAsFloats().sub(EXCESS).fma(v, a3);
            IntVector wq = IntVector.fromArray(INTS, m, q);
            b0 = wq.lanewise(VectorOperators.LSHL, 15).and(BYTE).or(ONE).reinterpretAsFloats().sub(EXCESS).fma(v, b0);
            b1 = wq.lanewise(VectorOperators.LSHL, 7).and(BYTE).or(ONE).reinterpretAsFloats().sub(EXCESS).fma(v, b1);
            b2 = wq.lanewise(VectorOperators.LSHR, 1).and(BYTE).or(ONE).reinterpretAsFloats().sub(EXCESS).fma(v, b2);
            b3 = wq.lanewise(VectorOperators.LSHR, 9).and(BYTE).or(ONE).reinterpretAsFloats().sub(EXCESS).fma(v, b3);
        }
        float[] s = scales;
        int row = block * BLOCK;
        a0.fma(FloatVector.fromArray(SPECIES, s, row), FloatVector.fromArray(SPECIES, out, to)).intoArray(out, to);
        a1.fma(FloatVector.fromArray(SPECIES, s, row + LANES), FloatVector.fromArray(SPECIES, out, to + LANES)).intoArray(out,
                to + LANES);
        a2.fma(FloatVector.fromArray(SPECIES, s, row + 2 * LANES), FloatVector.fromArray(SPECIES, out, to + 2 * LANES))
                .intoArray(out, to + 2 * LANES);
        a3.fma(FloatVector.fromArray(SPECIES, s, row + 3 * LANES), FloatVector.fromArray(SPECIES, out, to + 3 * LANES))
                .intoArray(out, to + 3 * LANES);
        b0.fma(FloatVector.fromArray(SPECIES, s, row + BLOCK), FloatVector.fromArray(SPECIES, out, to + BLOCK)).intoArray(out,
                to + BLOCK);
        b1.fma(FloatVector.fromArray(SPECIES, s, row + BLOCK + LANES), FloatVector.fromArray(SPECIES, out, to + BLOCK + LANES))
                .intoArray(out, to + BLOCK + LANES);
        b2.fma(FloatVector.fromArray(SPECIES, s, row + BLOCK + 2 * LANES),
                FloatVector.fromArray(SPECIES, out, to + BLOCK + 2 * LANES)).intoArray(out, to + BLOCK + 2 * LANES);
        b3.fma(FloatVector.fromArray(SPECIES, s, row + BLOCK + 3 * LANES),
                FloatVector.fromArray(SPECIES, out, to + BLOCK + 3 * LANES)).intoArray(out, to + BLOCK + 3 * LANES);
    }

    @Override
    void addFourSteps(int block, float[] x, int from, float[] out, int to) {
        int toB = to + rows();
        int toC = toB + rows();
        int toD = toC + rows();
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = FloatVector.zero(SPECIES);
        FloatVector a2 = FloatVector.zero(SPECIES);
        FloatVector a3 = FloatVector.zero(SPECIES);
        FloatVector b0 = FloatVector.zero(SPECIES);
        FloatVector b1 = FloatVector.zero(SPECIES);
        FloatVector b2 = FloatVector.zero(SPECIES);
        FloatVector b3 = FloatVector.zero(SPECIES);
        FloatVector c0 = FloatVector.zero(SPECIES);
        FloatVector c1 = FloatVector.zero(SPECIES);
        FloatVector c2 = FloatVector.zero(SPECIES);
        FloatVector c3 = FloatVector.zero(SPECIES);
        FloatVector d0 = FloatVector.zero(SPECIES);
        FloatVector d1 = FloatVector.zero(SPECIES);
        FloatVector d2 = FloatVector.zero(SPECIES);
        FloatVector d3 = FloatVector.zero(SPECIES);
        int[] m = weights;
        int xB = from + columns;
        int xC = xB + columns;
        int xD = xC + columns;
        int p = block * columns * LANES;
        for (int j = 0; j < columns; j++, p += LANES) {
            IntVector w = IntVector.fromArray(INTS, m, p);
            FloatVector w0 = w.lanewise(VectorOperators.LSHL, 15).and(BYTE).or(ONE).reinterpretAsFloats().sub(EXCESS);
            FloatVector w1 = w.lanewise(VectorOperators.LSHL, 7).and(BYTE).or(ONE).reinterpretAsFloats().sub(EXCESS);
            FloatVector w2 = w.lanewise(VectorOperators.LSHR, 1).and(BYTE).or(ONE).reinterpretAsFloats().sub(EXCESS);
            FloatVector w3 = w.lanewise(VectorOperators.LSHR, 9).and(BYTE).or(ONE).reinterpretAsFloats().sub(EXCESS);
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
        int row = block * BLOCK;
        FloatVector s0 = FloatVector.fromArray(SPECIES, scales, row);
        FloatVector s1 = FloatVector.fromArray(SPECIES, scales, row + LANES);
        FloatVector s2 = FloatVector.fromArray(SPECIES, scales, row + 2 * LANES);
        FloatVector s3 = FloatVector.fromArray(SPECIES, scales, row + 3 * LANES);
        a0.fma(s0, FloatVector.fromArray(SPECIES, out, to)).intoArray(out, to);
        a1.fma(s1, FloatVector.fromArray(SPECIES, out, to + LANES)).intoArray(out, to + LANES);
        a2.fma(s2, FloatVector.fromArray(SPECIES, out, to + 2 * LANES)).intoArray(out, to + 2 * LANES);
        a3.fma(s3, FloatVector.fromArray(SPECIES, out, to + 3 * LANES)).intoArray(out, to + 3 * LANES);
        b0.fma(s0, FloatVector.fromArray(SPECIES, out, toB)).intoArray(out, toB);
        b1.fma(s1, FloatVector.fromArray(SPECIES, out, toB + LANES)).intoArray(out, toB + LANES);
        b2.fma(s2, FloatVector.fromArray(SPECIES, out, toB + 2 * LANES)).intoArray(out, toB + 2 * LANES);
        b3.fma(s3, FloatVector.fromArray(SPECIES, out, toB + 3 * LANES)).intoArray(out, toB + 3 * LANES);
        c0.fma(s0, FloatVector.fromArray(SPECIES, out, toC)).intoArray(out, toC);
        c1.fma(s1, FloatVector.fromArray(SPECIES, out, toC + LANES)).intoArray(out, toC + LANES);
        c2.fma(s2, FloatVector.fromArray(SPECIES, out, toC + 2 * LANES)).intoArray(out, toC + 2 * LANES);
        c3.fma(s3, FloatVector.fromArray(SPECIES, out, toC + 3 * LANES)).intoArray(out, toC + 3 * LANES);
        d0.fma(s0, FloatVector.fromArray(SPECIES, out, toD)).intoArray(out, toD);
        d1.fma(s1, FloatVector.fromArray(SPECIES, out, toD + LANES)).intoArray(out, toD + LANES);
        d2.fma(s2, FloatVector.fromArray(SPECIES, out, toD + 2 * LANES)).intoArray(out, toD + 2 * LANES);
        d3.fma(s3, FloatVector.fromArray(SPECIES, out, toD + 3 * LANES)).intoArray(out, toD + 3 * LANES);
    }

    @Override
    void addColumn(int column, float x, float[] out, int to) {
        FloatVector v = FloatVector.broadcast(SPECIES, x);
        for (int block = 0; block < blocks; block++) {
            IntVector w = IntVector.fromArray(INTS, weights, (block * columns + column) * LANES);
            int row = block * BLOCK;
            int at = to + row;
            w.lanewise(VectorOperators.LSHL, 15).and(BYTE).or(ONE).reinterpretAsFloats().sub(EXCESS).mul(v)
                    .fma(FloatVector.fromArray(SPECIES, scales, row), FloatVector.fromArray(SPECIES, out, at))
                    .intoArray(out, at);
            w.lanewise(VectorOperators.LSHL, 7).and(BYTE).or(ONE).reinterpretAsFloats().sub(EXCESS).mul(v)
                    .fma(FloatVector.fromArray(SPECIES, scales, row + LANES), FloatVector.fromArray(SPECIES, out, at + LANES))
                    .intoArray(out, at + LANES);
            w.lanewise(VectorOperators.LSHR, 1).and(BYTE).or(ONE).reinterpretAsFloats().sub(EXCESS).mul(v)
                    .fma(FloatVector.fromArray(SPECIES, scales, row + 2 * LANES),
                            FloatVector.fromArray(SPECIES, out, at + 2 * LANES))
                    .intoArray(out, at + 2 * LANES);
            w.lanewise(VectorOperators.LSHR, 9).and(BYTE).or(ONE).reinterpretAsFloats().sub(EXCESS).mul(v)
                    .fma(FloatVector.fromArray(SPECIES, scales, row + 3 * LANES),
                            FloatVector.fromArray(SPECIES, out, at + 3 * LANES))
                    .intoArray(out, at + 3 * LANES);
        }
    }
}
