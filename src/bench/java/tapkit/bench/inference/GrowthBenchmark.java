package tapkit.bench.inference;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tapkit.model.InferenceEngine;

/** How the cost of what ships grows with the bars that are answered at once, and with the grooves that are written at once. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GrowthBenchmark {
    /** The live network over so many bars. */
    @State(Scope.Thread)
    public static class Bars {
        @Param({"2", "4", "8", "16"})
        public int count;

        private Workload workload;

        @Setup
        public void open() {
            workload = Workload.live(InferenceEngine.VECTOR, count);
        }
    }

    /** The paper's decoder from so many z. */
    @State(Scope.Thread)
    public static class Candidates {
        @Param({"1", "4", "16", "64"})
        public int count;

        private Workload workload;

        @Setup
        public void open() {
            workload = Workload.candidates(InferenceEngine.VECTOR, count);
        }
    }

    @Benchmark
    public void bars(Bars bars) {
        bars.workload.once().run();
    }

    @Benchmark
    public void candidates(Candidates candidates) {
        candidates.workload.once().run();
    }
}
