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
    /** What share of a period, as 1 in so many, a call may take; if less than that was left when it began, others had used it up. */
    private static final int SHARE = 8;

    private final SingleWriterRecorder recorder = new SingleWriterRecorder(1, HIGHEST_NANOS, DIGITS);
    private final AtomicLong overruns = new AtomicLong();
    private final Histogram total = new Histogram(1, HIGHEST_NANOS, DIGITS);
    private Histogram interval = recorder.getIntervalHistogram();

    /**
     * Records one.
     *
     * @param dueNanos when the period is over in which it was made
     */
    void record(long begunNanos, long endedNanos, long dueNanos, long periodNanos) {
        recorder.recordValue(Math.clamp(endedNanos - begunNanos, 0, HIGHEST_NANOS));
        if (isOverrun(begunNanos, endedNanos, dueNanos, periodNanos)) {
            overruns.setRelease(overruns.getPlain() + 1);
        }
    }

    /** Whether the period was missed, and would not have been if the call had taken no more than its share. */
    private static boolean isOverrun(long begunNanos, long endedNanos, long dueNanos, long periodNanos) {
        boolean beganInTime = dueNanos - begunNanos >= periodNanos / SHARE;
        return endedNanos > dueNanos && (beganInTime || endedNanos - begunNanos > periodNanos);
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
