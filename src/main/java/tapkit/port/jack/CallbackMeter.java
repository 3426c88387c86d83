package tapkit.port.jack;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import tapkit.port.CallbackTimes;

/**
 * Measures how long the process callback takes. The server's thread records, wait-free and without allocating; any other reads.
 */
final class CallbackMeter {
    private static final long HIGHEST_NANOS = 10_000_000_000L;
    /** A hundredth of a value is fine enough, and keeps the counts small: the collector moves them now and then, at this thread's cost. */
    private static final int DIGITS = 2;
    /** A callback that took a smaller share of the period did not make it miss. */
    private static final int SHARE = 8;

    private final SingleWriterRecorder recorder = new SingleWriterRecorder(1, HIGHEST_NANOS, DIGITS);
    private final AtomicLong overruns = new AtomicLong();
    private final Histogram total = new Histogram(1, HIGHEST_NANOS, DIGITS);
    private Histogram interval = recorder.getIntervalHistogram();

    /**
     * Records one.
     *
     * @param nextNanos when the next period begins
     */
    void record(long begunNanos, long endedNanos, long nextNanos, long periodNanos) {
        long took = endedNanos - begunNanos;
        recorder.recordValue(Math.clamp(took, 0, HIGHEST_NANOS));
        if (isOverrun(took, endedNanos - nextNanos, periodNanos)) {
            overruns.setRelease(overruns.getPlain() + 1);
        }
    }

    static boolean isOverrun(long tookNanos, long pastNanos, long periodNanos) {
        return pastNanos > 0 && tookNanos > periodNanos / SHARE;
    }

    /** Everything since the start or the last {@link #reset}. */
    synchronized CallbackTimes times(long periodNanos) {
        interval = recorder.getIntervalHistogram(interval);
        total.add(interval);
        return new CallbackTimes(total.copy(), periodNanos, overruns.getAcquire());
    }

    /** Begins anew. While a period is served the count of that one may stay. */
    synchronized void reset() {
        recorder.reset();
        total.reset();
        overruns.set(0);
    }
}
