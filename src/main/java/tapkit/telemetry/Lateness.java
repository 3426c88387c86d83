package tapkit.telemetry;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * How late things were, as a histogram. Any thread records, wait-free and without allocating; any other reads.
 */
public final class Lateness {
    private static final long HIGHEST_NANOS = 10_000_000_000L;
    /** A hundredth of a value is fine enough, and keeps the counts small: the collector moves them now and then, at the cost of who records. */
    private static final int DIGITS = 2;
    /** Upper edges of the columns of a {@link Summary}: 10 µs to 100 ms, three to a decade. */
    public static final List<Long> EDGES_NANOS = List.of(10_000L, 20_000L, 50_000L, 100_000L, 200_000L, 500_000L, 1_000_000L,
            2_000_000L, 5_000_000L, 10_000_000L, 20_000_000L, 50_000_000L, 100_000_000L);

    private final Recorder recorder = new Recorder(1, HIGHEST_NANOS, DIGITS);
    private final Histogram total = new Histogram(1, HIGHEST_NANOS, DIGITS);
    private Histogram interval = recorder.getIntervalHistogram();

    /** Records one; what came early counts as on time. */
    public void record(long nanos) {
        recorder.recordValue(Math.clamp(nanos, 0, HIGHEST_NANOS));
    }

    /** Everything recorded so far. */
    public synchronized Histogram total() {
        gather();
        return total.copy();
    }

    /**
     * What a screen shows of it.
     *
     * @param counts how many were within each of {@link #EDGES_NANOS} but not the one before; the last: beyond them all
     */
    public record Summary(long p50Nanos, long p99Nanos, long maxNanos, List<Long> counts) {
    }

    /** Everything recorded so far, in short. */
    public synchronized Summary summary() {
        gather();
        List<Long> counts = new ArrayList<>();
        long before = 0;
        for (long edge : EDGES_NANOS) {
            counts.add(total.getCountBetweenValues(before, edge));
            before = total.nextNonEquivalentValue(edge);
        }
        counts.add(total.getCountBetweenValues(before, HIGHEST_NANOS));
        return new Summary(total.getValueAtPercentile(50), total.getValueAtPercentile(99), total.getMaxValue(), counts);
    }

    private void gather() {
        interval = recorder.getIntervalHistogram(interval);
        total.add(interval);
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
