package tapkit.model;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntConsumer;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;

/**
 * Has the JIT compile what answers taps before the first tap comes. An interpreted vector is an object, so the kernels are
 * compiled when they no longer allocate. A network of the smallest size goes first: what is done in it before the JIT has caught
 * up takes a hundredth of the time.
 */
final class WarmUp {
    private static final int QUIET = 100;
    private static final long LIMIT_NANOS = 10_000_000_000L;
    private static final int LAYERS = 2;
    private static final int CELLS = 32;
    private static final int STEPS = 4;

    /** Engines whose kernels are compiled. */
    private static final Set<InferenceEngine> DONE = EnumSet.noneOf(InferenceEngine.class);

    private WarmUp() {
    }

    /** Compiles what one engine's networks share; the weights need not be there yet. Nothing where that was done before. */
    static synchronized void kernels(InferenceEngine engine) {
        if (engine == InferenceEngine.ND4J || !InferenceEngine.hasVectorApi() || !DONE.add(engine)) {
            return;
        }
        LstmConfig config = LstmTapModel.config(LAYERS, CELLS);
        LstmWeights zeros = LstmWeights.of(config, (name, shape) -> Tensor.of(name, new float[(int) Tensor.count(shape)],
                shape.stream().mapToInt(Integer::intValue).toArray()));
        float[] features = new float[STEPS * config.inputs()];
        Arrays.fill(features, 1);
        float[][] heads = config.heads().stream().map(head -> new float[STEPS * head.width()]).toArray(float[][]::new);
        try (LstmNetwork network = engine.open(zeros, STEPS)) {
            untilQuiet(n -> network.run(features, STEPS, heads));
        }
    }

    /** Returns after 100 answers in a row without allocation; after ten seconds at the latest. */
    static void run(TapModel model, Decoder decoder) {
        TapWindow taps = new TapWindow();
        Prediction prediction = new Prediction();
        Groove out = new Groove();
        untilQuiet(n -> {
            tap(n, taps);
            model.predict(taps, prediction);
            decoder.decode(taps, prediction, n % 3, n, out);
        });
    }

    private static void untilQuiet(IntConsumer work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long start = System.nanoTime();
        for (int n = 0, quiet = 0; quiet < QUIET && System.nanoTime() - start < LIMIT_NANOS; n++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            work.accept(n);
            quiet = threads.getCurrentThreadAllocatedBytes() == before ? quiet + 1 : 0;
        }
    }

    /** Few taps and many, with velocity and without, at many tempi, for the JIT compiles for what it has seen. */
    private static void tap(int n, TapWindow taps) {
        taps.clear();
        taps.velocityKnown = n % 2 == 0;
        taps.bpm = 60 + n % 150;
        for (int step = n % 5; step < Grid.STEPS; step += 1 + n % 7) {
            taps.add(step, (step + n) % 10 / 10f - 0.5f, (1 + (step * n) % 9) / 10f);
        }
    }
}
