package tapkit.bench.inference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import tapkit.bench.Steal;
import tapkit.model.InferenceEngine;

/** Measures every network on every engine, each beside its floor in the same seconds, and how the cost grows. */
public final class InferenceBench {
    /** The shipped precision first. ND4J only where it is asked for: it may not be there. */
    public static final List<InferenceEngine> ENGINES = List.of(InferenceEngine.VECTOR, InferenceEngine.VECTOR_FP32,
            InferenceEngine.VECTOR_INT8, InferenceEngine.SCALAR);
    private static final int[] BARS = {2, 4, 8, 16};
    private static final int[] THREADS = {1, 2, 4, 8};
    /** Long against a switch between what is measured, short against changes of the machine's load. */
    private static final long SLICE_NANOS = 40_000_000;
    private static final int LEAST = 3;

    private final List<InferenceEngine> engines;
    private final Duration duration;
    private final Consumer<String> progress;

    public InferenceBench(List<InferenceEngine> engines, Duration duration, Consumer<String> progress) {
        this.engines = List.copyOf(engines);
        this.duration = duration;
        this.progress = progress;
    }

    public InferenceReport run() throws InterruptedException {
        Steal steal = new Steal();
        int cores = Runtime.getRuntime().availableProcessors();
        long each = duration.toNanos() / (2 * engines.size() + 1 + BARS.length + THREADS.length);
        List<InferenceFigures> live = new ArrayList<>();
        List<InferenceFigures> paper = new ArrayList<>();
        for (InferenceEngine engine : engines) {
            live.add(measure(Workload.live(engine), each));
            paper.add(measure(Workload.paper(engine), each));
        }
        InferenceEngine first = engines.getFirst();
        InferenceFigures atTheEnd = measure(Workload.paperAtTheBarsEnd(first), each);
        List<InferenceReport.Growth> bars = new ArrayList<>();
        for (int n : BARS) {
            InferenceFigures figures = measure(Workload.live(first, n), each);
            bars.add(new InferenceReport.Growth(n, figures.p50Millis(), 1e3 / figures.p50Millis()));
        }
        List<InferenceReport.Growth> threads = new ArrayList<>();
        for (int n : THREADS) {
            if (n <= cores) {
                progress.accept(n + (n == 1 ? " thread" : " threads"));
                threads.add(threads(first, n, each));
            }
        }
        return new InferenceReport(live, paper, atTheEnd, bars, threads, cores, steal.percent());
    }

    private InferenceFigures measure(Workload workload, long nanos) {
        progress.accept(workload.network() + " on " + workload.engine());
        Floor floor = new Floor(workload.work());
        Histogram inferences = new Histogram(3);
        Histogram reads = new Histogram(3);
        Histogram multiplications = new Histogram(3);
        long begin = System.nanoTime();
        boolean warm = false;
        do {
            slice(workload.once(), inferences);
            slice(floor::read, reads);
            slice(floor::multiply, multiplications);
            if (!warm && System.nanoTime() - begin > nanos / 2) {
                warm = true;
                inferences.reset();
                reads.reset();
                multiplications.reset();
            }
        } while (System.nanoTime() - begin < nanos || inferences.getTotalCount() < LEAST);
        return new InferenceFigures(workload.network(), workload.engine(), workload.work(), inferences.getTotalCount(),
                millis(inferences, 50), millis(inferences, 99), millis(reads, 50), millis(multiplications, 50));
    }

    /** The first one pays for what the others have left in the caches, and is not counted. */
    private static void slice(Runnable once, Histogram into) {
        once.run();
        long begin = System.nanoTime();
        long now = begin;
        do {
            once.run();
            long end = System.nanoTime();
            into.recordValue(end - now);
            now = end;
        } while (now - begin < SLICE_NANOS);
    }

    /** Every thread has a network of its own. */
    private static InferenceReport.Growth threads(InferenceEngine engine, int count, long nanos) throws InterruptedException {
        AtomicBoolean measuring = new AtomicBoolean();
        AtomicBoolean running = new AtomicBoolean(true);
        Histogram[] histograms = new Histogram[count];
        List<Thread> threads = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            Histogram own = new Histogram(3);
            histograms[n] = own;
            Runnable once = Workload.live(engine).once();
            threads.add(Thread.ofPlatform().name("tapkit-bench-" + n).start(() -> {
                while (running.get()) {
                    long begin = System.nanoTime();
                    once.run();
                    if (measuring.get()) {
                        own.recordValue(System.nanoTime() - begin);
                    }
                }
            }));
        }
        Thread.sleep(Duration.ofNanos(nanos / 3));
        measuring.set(true);
        long begin = System.nanoTime();
        Thread.sleep(Duration.ofNanos(nanos - nanos / 3));
        running.set(false);
        double seconds = (System.nanoTime() - begin) / 1e9;
        Histogram all = new Histogram(3);
        for (int n = 0; n < count; n++) {
            threads.get(n).join();
            all.add(histograms[n]);
        }
        return new InferenceReport.Growth(count, millis(all, 50), all.getTotalCount() / seconds);
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e6;
    }
}
