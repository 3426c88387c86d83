package tapkit.model.nd4j;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The cell in fp32 with the Vector API, for hidden sizes that are multiples of {@link #LANES}. The exponential is a polynomial of
 * its own: the API's changes its last bit with the compiler's mood, and the same seed must give the same weights.
 */
final class VectorLstmCell implements LstmCell {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    /** Elements that are worked on at once. */
    static final int LANES = SPECIES.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    /** Adding 1.5 · 2^23 leaves a small number's nearest integer in the lowest bits of the mantissa. */
    private static final float ROUND = 12582912f;

    @Override
    public void forward(int batch, int hidden, MemorySegment gates, long gatesAt, MemorySegment cPrevious, long cPreviousAt,
            MemorySegment c, MemorySegment tanhC, long cAt, MemorySegment h, long hAt, int hStride) {
        long gate = 4L * hidden; // bytes of one gate; elements of all four
        for (int row = 0; row < batch; row++) {
            long at = 4 * (gatesAt + row * gate);
            long from = 4 * (cPreviousAt + row * (long) hidden);
            long to = 4 * (cAt + row * (long) hidden);
            long out = 4 * (hAt + row * (long) hStride);
            for (int j = 0; j < hidden; j += LANES) {
                long b = 4L * j;
                FloatVector i = sigmoid(load(gates, at + b));
                FloatVector f = sigmoid(load(gates, at + gate + b));
                FloatVector o = sigmoid(load(gates, at + 2 * gate + b));
                FloatVector g = tanh(load(gates, at + 3 * gate + b));
                FloatVector state = f.fma(load(cPrevious, from + b), i.mul(g));
                FloatVector squashed = tanh(state);
                store(i, gates, at + b);
                store(f, gates, at + gate + b);
                store(o, gates, at + 2 * gate + b);
                store(g, gates, at + 3 * gate + b);
                store(state, c, to + b);
                store(squashed, tanhC, to + b);
                store(o.mul(squashed), h, out + b);
            }
        }
    }

    @Override
    public void backward(int batch, int hidden, MemorySegment gates, long gatesAt, MemorySegment cPrevious, long cPreviousAt,
            MemorySegment tanhC, long cAt, MemorySegment dh, long dhAt, int dhStride, MemorySegment recurrent,
            MemorySegment dc) {
        long gate = 4L * hidden; // bytes of one gate; elements of all four
        for (int row = 0; row < batch; row++) {
            long at = 4 * (gatesAt + row * gate);
            long from = 4 * (cPreviousAt + row * (long) hidden);
            long cell = 4 * (cAt + row * (long) hidden);
            long own = 4L * row * hidden;
            long above = 4 * (dhAt + row * (long) dhStride);
            for (int j = 0; j < hidden; j += LANES) {
                long b = 4L * j;
                FloatVector i = load(gates, at + b);
                FloatVector f = load(gates, at + gate + b);
                FloatVector o = load(gates, at + 2 * gate + b);
                FloatVector g = load(gates, at + 3 * gate + b);
                FloatVector squashed = load(tanhC, cell + b);
                FloatVector d = load(dh, above + b).add(load(recurrent, own + b));
                FloatVector ds = d.mul(o).fma(oneMinus(squashed.mul(squashed)), load(dc, own + b));
                store(ds.mul(g).mul(slope(i)), gates, at + b);
                store(ds.mul(load(cPrevious, from + b)).mul(slope(f)), gates, at + gate + b);
                store(d.mul(squashed).mul(slope(o)), gates, at + 2 * gate + b);
                store(ds.mul(i).mul(oneMinus(g.mul(g))), gates, at + 3 * gate + b);
                store(ds.mul(f), dc, own + b);
            }
        }
    }

    private static FloatVector load(MemorySegment from, long byteOffset) {
        return FloatVector.fromMemorySegment(SPECIES, from, byteOffset, ORDER);
    }

    private static void store(FloatVector value, MemorySegment to, long byteOffset) {
        value.intoMemorySegment(to, byteOffset, ORDER);
    }

    private static FloatVector oneMinus(FloatVector x) {
        return FloatVector.broadcast(SPECIES, 1f).sub(x);
    }

    private static FloatVector slope(FloatVector sigmoid) {
        return sigmoid.mul(oneMinus(sigmoid));
    }

    private static FloatVector sigmoid(FloatVector x) {
        return FloatVector.broadcast(SPECIES, 1f).div(exp(x.neg()).add(1f));
    }

    /** 1 − 2 / (1 + e^2x), within 2e-7 of the truth. */
    private static FloatVector tanh(FloatVector x) {
        return oneMinus(FloatVector.broadcast(SPECIES, 2f).div(exp(x.add(x)).add(1f)));
    }

    /** e^x = 2^n · e^r with |r| ≤ ln 2 / 2 and a polynomial for e^r; relative error 2e-7. */
    private static FloatVector exp(FloatVector x) {
        FloatVector limited = x.max(-87f).min(87f);
        FloatVector rounded = limited.fma(FloatVector.broadcast(SPECIES, 1.442695f), FloatVector.broadcast(SPECIES, ROUND));
        FloatVector n = rounded.sub(ROUND);
        FloatVector r = n.fma(FloatVector.broadcast(SPECIES, -0.6933594f), limited);
        r = n.fma(FloatVector.broadcast(SPECIES, 0.00021219444f), r);
        FloatVector p = FloatVector.broadcast(SPECIES, 0.00019875691f);
        p = p.fma(r, FloatVector.broadcast(SPECIES, 0.0013981999f));
        p = p.fma(r, FloatVector.broadcast(SPECIES, 0.008333452f));
        p = p.fma(r, FloatVector.broadcast(SPECIES, 0.041665796f));
        p = p.fma(r, FloatVector.broadcast(SPECIES, 0.16666666f));
        p = p.fma(r, FloatVector.broadcast(SPECIES, 0.5f));
        p = p.fma(r.mul(r), r).add(1f);
        IntVector scaled = p.reinterpretAsInts().add(rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23));
        return scaled.reinterpretAsFloats();
    }
}
