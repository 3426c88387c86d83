package tapkit.bench;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * How late events were, in microseconds. Each is measured against its own time in the timetable, and none is left out because an
 * earlier one was late, so a stall counts for every event that it held up (no coordinated omission).
 *
 * @param events how many were measured
 */
public record Punctuality(long events, double p50Micros, double p99Micros, double p999Micros, double maxMicros) {
    private static final long HIGHEST_NANOS = 60_000_000_000L;
    private static final int DIGITS = 3;

    /** Of the lateness of each event; what came early counts as on time. */
    static Punctuality of(long[] lateNanos) {
        Histogram histogram = new Histogram(1, HIGHEST_NANOS, DIGITS);
        Arrays.stream(lateNanos).forEach(late -> histogram.recordValue(Math.clamp(late, 0, HIGHEST_NANOS)));
        return new Punctuality(lateNanos.length, histogram.getValueAtPercentile(50) / 1e3,
                histogram.getValueAtPercentile(99) / 1e3, histogram.getValueAtPercentile(99.9) / 1e3,
                histogram.getMaxValue() / 1e3);
    }
}
