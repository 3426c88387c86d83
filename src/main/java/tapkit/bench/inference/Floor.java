package tapkit.bench.inference;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import tapkit.model.InferenceWork;
import tapkit.model.InferenceWork.Sweep;

/**
 * The least time that this machine needs for an inference's work: {@link #read} does nothing but read as many bytes, in sweeps as
 * large and as often, so each lies in the cache where its matrix lies; {@link #multiply} does nothing but as many fused
 * multiply-adds, in registers. The slower of both is the floor.
 */
public final class Floor {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    /** Sums at once: they hide the latency, and leave room in the sixteen registers that the smallest machines have. */
    private static final int SUMS = 12;
    private static final int UNROLLED = 8 * LANES;
    /** Sweeps go back and forth, as the kernels' do, in pieces of so many numbers. */
    private static final int PIECE = 32 * UNROLLED;

    private final float[][] buffers;
    private final int[] times;
    private final long rounds;
    /** Keeps the JIT from leaving the work out. */
    private float sink;

    public Floor(InferenceWork work) {
        List<Sweep> sweeps = work.sweeps();
        buffers = new float[sweeps.size()][];
        times = new int[sweeps.size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = sweeps.get(i).times();
            buffers[i] = new float[Math.toIntExact(Math.ceilDiv(sweeps.get(i).bytes(), (long) UNROLLED * Float.BYTES))
                    * UNROLLED];
        }
        rounds = Math.ceilDiv(work.multiplyAdds(), (long) SUMS * LANES);
    }

    /** Reads what the inference reads. */
    public float read() {
        for (int i = 0; i < buffers.length; i++) {
            for (int n = 0; n < times[i]; n++) {
                sweep(buffers[i], n % 2 == 1);
            }
        }
        return sink;
    }

    private void sweep(float[] buffer, boolean backward) {
        int pieces = Math.ceilDiv(buffer.length, PIECE);
        for (int piece = 0; piece < pieces; piece++) {
            int from = PIECE * (backward ? pieces - 1 - piece : piece);
            sink += sum(buffer, from, Math.min(from + PIECE, buffer.length));
        }
    }

    private static float sum(float[] x, int from, int to) {
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        FloatVector e = a;
        FloatVector f = a;
        FloatVector g = a;
        FloatVector h = a;
        for (int i = from; i < to; i += UNROLLED) {
            a = a.add(FloatVector.fromArray(SPECIES, x, i));
            b = b.add(FloatVector.fromArray(SPECIES, x, i + LANES));
            c = c.add(FloatVector.fromArray(SPECIES, x, i + 2 * LANES));
            d = d.add(FloatVector.fromArray(SPECIES, x, i + 3 * LANES));
            e = e.add(FloatVector.fromArray(SPECIES, x, i + 4 * LANES));
            f = f.add(FloatVector.fromArray(SPECIES, x, i + 5 * LANES));
            g = g.add(FloatVector.fromArray(SPECIES, x, i + 6 * LANES));
            h = h.add(FloatVector.fromArray(SPECIES, x, i + 7 * LANES));
        }
        return a.add(b).add(c.add(d)).add(e.add(f).add(g.add(h))).reduceLanes(VectorOperators.ADD);
    }

    /** Multiplies and adds as often as the inference does. */
    public float multiply() {
        sink += multiply(rounds);
        return sink;
    }

    private static float multiply(long rounds) {
        FloatVector x = FloatVector.broadcast(SPECIES, 0.999f);
        FloatVector y = FloatVector.broadcast(SPECIES, 0.001f);
        FloatVector a = y;
        FloatVector b = y;
        FloatVector c = y;
        FloatVector d = y;
        FloatVector e = y;
        FloatVector f = y;
        FloatVector g = y;
        FloatVector h = y;
        FloatVector i = y;
        FloatVector j = y;
        FloatVector k = y;
        FloatVector l = y;
        for (long n = 0; n < rounds; n++) {
            a = a.fma(x, y);
            b = b.fma(x, y);
            c = c.fma(x, y);
            d = d.fma(x, y);
            e = e.fma(x, y);
            f = f.fma(x, y);
            g = g.fma(x, y);
            h = h.fma(x, y);
            i = i.fma(x, y);
            j = j.fma(x, y);
            k = k.fma(x, y);
            l = l.fma(x, y);
        }
        FloatVector sum = a.add(b).add(c.add(d)).add(e.add(f).add(g.add(h))).add(i.add(j).add(k.add(l)));
        return sum.reduceLanes(VectorOperators.ADD);
    }
}
