package tapkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;

/** Taps to drums without a byte: the collector never has a reason to stop the live path. */
final class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** The JIT compiler takes its time on a busy machine, and interpreted vectors are boxed. */
    private static final int WARM_UP_LIMIT = 20_000;
    /** It may compile once more; what allocates does so every time. */
    private static final int ATTEMPTS = 5;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"VECTOR,96,10000", "VECTOR_FP32,32,10000", "VECTOR_INT8,20,10000", "SCALAR,8,10000"})
    void shouldAllocateNothing(InferenceEngine engine, int hidden, int inferences) {
        Path file = folder.resolve("model.safetensors");
        RandomModels.save(file, 2, hidden, 1);
        TrainedModel trained = Models.load(file);
        TapModel model = trained.open(engine);
        TapWindow[] taps = {RandomModels.taps(1), RandomModels.taps(2), RandomModels.taps(3), new TapWindow()};
        Prediction prediction = new Prediction();
        Groove out = new Groove();
        int quiet = 0;
        for (int i = 0; i < WARM_UP_LIMIT && quiet < 200; i++) {
            quiet = run(trained, model, taps, prediction, out, 1) == 0 ? quiet + 1 : 0;
        }
        long allocated = Long.MAX_VALUE;
        for (int i = 0; i < ATTEMPTS && allocated > 0; i++) {
            allocated = run(trained, model, taps, prediction, out, inferences);
        }
        assertThat(allocated).isZero();
    }

    private static long run(TrainedModel trained, TapModel model, TapWindow[] taps, Prediction prediction, Groove out,
            int times) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < times; i++) {
            TapWindow window = taps[i % taps.length];
            model.predict(window, prediction);
            trained.decoder().decode(window, prediction, i % 2, i, out);
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
