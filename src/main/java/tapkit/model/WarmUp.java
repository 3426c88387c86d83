package tapkit.model;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;

/**
 * Has the JIT compile what answers taps before the first tap comes. An interpreted vector is an object, so the kernels are
 * compiled when answers no longer allocate: after about 0.6 s of one core for the shipped size.
 */
final class WarmUp {
    private static final int QUIET = 100;
    private static final long LIMIT_NANOS = 10_000_000_000L;

    private WarmUp() {
    }

    /** Returns after 100 answers in a row without allocation; after ten seconds at the latest. */
    static void run(TapModel model, Decoder decoder) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        TapWindow taps = new TapWindow();
        Prediction prediction = new Prediction();
        Groove out = new Groove();
        long start = System.nanoTime();
        for (int n = 0, quiet = 0; quiet < QUIET && System.nanoTime() - start < LIMIT_NANOS; n++) {
            tap(n, taps);
            long before = threads.getCurrentThreadAllocatedBytes();
            model.predict(taps, prediction);
            decoder.decode(taps, prediction, n % 3, n, out);
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
