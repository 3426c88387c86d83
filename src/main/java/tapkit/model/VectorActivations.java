package tapkit.model;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sigmoid and tanh of whole arrays, by the rational approximation of tanh that Eigen and others use (odd degree 13 over even
 * degree 6): largest error 5e-7. Sums, products and one quotient only, so the same bits come out whatever the vector's length.
 * Does not allocate, for no vector leaves the method that made it: across calls the JVM may box them.
 */
public final class VectorActivations {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    /** From here on tanh is ±1 in fp32. */
    private static final float LIMIT = 7.905311f;

    private VectorActivations() {
    }

    /** tanh(x) of {@code length} numbers in place. */
    public static void tanh(float[] x, int from, int length) {
        tanh(x, from, length, 1, 1, 0);
    }

    /** 1 / (1 + e^−x) = ½ tanh(½ x) + ½ of {@code length} numbers in place. */
    public static void sigmoid(float[] x, int from, int length) {
        tanh(x, from, length, 0.5f, 0.5f, 0.5f);
    }

    /** sums += x, of {@code length} numbers, a multiple of the vector's length. */
    static void add(float[] sums, float[] x, int length) {
        for (int at = 0; at < length; at += SPECIES.length()) {
            FloatVector.fromArray(SPECIES, sums, at).add(FloatVector.fromArray(SPECIES, x, at)).intoArray(sums, at);
        }
    }

    /** scale · tanh(slope · x) + shift of {@code length} numbers in place. */
    static void tanh(float[] values, int from, int length, float slope, float scale, float shift) {
        int to = from + length;
        for (int at = from; at < to; at += SPECIES.length()) {
            VectorMask<Float> within = SPECIES.indexInRange(at, to);
            FloatVector x = FloatVector.fromArray(SPECIES, values, at, within).mul(slope).min(LIMIT).max(-LIMIT);
            FloatVector x2 = x.mul(x);
            FloatVector p = x2.mul(-2.7607684e-16f).add(2.000188e-13f);
            p = p.fma(x2, FloatVector.broadcast(SPECIES, -8.604672e-11f));
            p = p.fma(x2, FloatVector.broadcast(SPECIES, 5.1222973e-8f));
            p = p.fma(x2, FloatVector.broadcast(SPECIES, 1.48572235e-5f));
            p = p.fma(x2, FloatVector.broadcast(SPECIES, 6.3726195e-4f));
            p = p.fma(x2, FloatVector.broadcast(SPECIES, 4.8935246e-3f));
            FloatVector q = x2.mul(1.1982584e-6f).add(1.1853471e-4f);
            q = q.fma(x2, FloatVector.broadcast(SPECIES, 2.2684347e-3f));
            q = q.fma(x2, FloatVector.broadcast(SPECIES, 4.893525e-3f));
            p.mul(x).div(q).mul(scale).add(shift).intoArray(values, at, within);
        }
    }
}
