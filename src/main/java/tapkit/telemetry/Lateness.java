package tapkit.telemetry;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * How late things were, as a histogram. Any thread records, wait-free and without allocating; any other reads.
 */
public final class Lateness {
    private static final long HIGHEST_NANOS = 10_000_000_000L;
    private static final int DIGITS = 3;

    private final Recorder recorder = new Recorder(1, HIGHEST_NANOS, DIGITS);
    private final Histogram total = new Histogram(1, HIGHEST_NANOS, DIGITS);
    private Histogram interval = recorder.getIntervalHistogram();

    /** Records one; what came early counts as on time. */
    public void record(long nanos) {
        recorder.recordValue(Math.clamp(nanos, 0, HIGHEST_NANOS));
    }

    /** Everything recorded so far. */
    public synchronized Histogram total() {
        interval = recorder.getIntervalHistogram(interval);
        total.add(interval);
        return total.copy();
    }

    /** One line for people. */
    public String describe() {
        Histogram all = total();
        return all.getTotalCount() == 0
                ? "none"
                : "p50 %.2f ms, p99 %.2f ms, max %.2f ms".formatted(
                        all.getValueAtPercentile(50) / 1e6, all.getValueAtPercentile(99) / 1e6, all.getMaxValue() / 1e6);
    }
}
