package tapkit.model;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sigmoid and tanh on vectors, by the rational approximation of tanh that Eigen and others use (odd degree 13 over even degree
 * 6): largest error 5e-7. Sums, products and one quotient only, so the same bits come out whatever the vector's length.
 */
public final class VectorActivations {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    /** From here on tanh is ±1 in fp32. */
    private static final float LIMIT = 7.905311f;

    private VectorActivations() {
    }

    /** tanh of each lane. */
    public static FloatVector tanh(FloatVector v) {
        FloatVector x = v.min(LIMIT).max(-LIMIT);
        FloatVector x2 = x.mul(x);
        FloatVector p = fma(x2, FloatVector.broadcast(SPECIES, -2.7607684e-16f), 2.000188e-13f);
        p = fma(x2, p, -8.604672e-11f);
        p = fma(x2, p, 5.1222973e-8f);
        p = fma(x2, p, 1.48572235e-5f);
        p = fma(x2, p, 6.3726195e-4f);
        p = fma(x2, p, 4.8935246e-3f);
        FloatVector q = fma(x2, FloatVector.broadcast(SPECIES, 1.1982584e-6f), 1.1853471e-4f);
        q = fma(x2, q, 2.2684347e-3f);
        q = fma(x2, q, 4.893525e-3f);
        return p.mul(x).div(q);
    }

    private static FloatVector fma(FloatVector a, FloatVector b, float c) {
        return a.fma(b, FloatVector.broadcast(SPECIES, c));
    }

    /** 1 / (1 + e^−x) of each lane. */
    public static FloatVector sigmoid(FloatVector x) {
        return tanh(x.mul(0.5f)).mul(0.5f).add(0.5f);
    }

    /** tanh of {@code length} numbers in place. Does not allocate. */
    public static void tanh(float[] x, int from, int length) {
        int to = from + length;
        int i = from;
        for (; i <= to - SPECIES.length(); i += SPECIES.length()) {
            tanh(FloatVector.fromArray(SPECIES, x, i)).intoArray(x, i);
        }
        if (i < to) {
            var rest = SPECIES.indexInRange(i, to);
            tanh(FloatVector.fromArray(SPECIES, x, i, rest)).intoArray(x, i, rest);
        }
    }

    /** Sigmoid of {@code length} numbers in place. Does not allocate. */
    public static void sigmoid(float[] x, int from, int length) {
        int to = from + length;
        int i = from;
        for (; i <= to - SPECIES.length(); i += SPECIES.length()) {
            sigmoid(FloatVector.fromArray(SPECIES, x, i)).intoArray(x, i);
        }
        if (i < to) {
            var rest = SPECIES.indexInRange(i, to);
            sigmoid(FloatVector.fromArray(SPECIES, x, i, rest)).intoArray(x, i, rest);
        }
    }
}
