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

/** Each network on each engine, two bars; and what of the inference a machine needs for the bytes or the sums alone. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class InferenceBenchmark {
    @Param({"live", "paper"})
    public String network;

    @Param({"VECTOR_FP32", "VECTOR_BF16", "VECTOR_INT8", "SCALAR", "ND4J"})
    public InferenceEngine engine;

    private Workload workload;
    private Floor floor;

    @Setup
    public void open() {
        workload = Workload.of(network, engine);
        floor = new Floor(workload.work());
    }

    @Benchmark
    public void infer() {
        workload.once().run();
    }

    @Benchmark
    public float read() {
        return floor.read();
    }

    @Benchmark
    public float multiply() {
        return floor.multiply();
    }
}
