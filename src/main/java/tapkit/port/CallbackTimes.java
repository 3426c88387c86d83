package tapkit.port;

import org.HdrHistogram.Histogram;

/**
 * How long a server waited for tapkit in its periods. A server that misses a period blames nobody; these figures do.
 *
 * @param nanos       of each call, from its beginning to its end: the reader's own copy
 * @param periodNanos how long a period lasts
 * @param overruns    periods that tapkit held up: it was called with an eighth of the period left or more, and was still at work when that
 *                    was over; or it worked for longer than a whole period. If it was called later others had used up the time
 */
public record CallbackTimes(Histogram nanos, long periodNanos, long overruns) {
    /** What two clients of one server took. */
    public CallbackTimes plus(CallbackTimes other) {
        Histogram sum = nanos.copy();
        sum.add(other.nanos);
        return new CallbackTimes(sum, periodNanos, overruns + other.overruns);
    }

    /** What came after these, which were counted earlier. */
    public CallbackTimes since(CallbackTimes before) {
        Histogram rest = nanos.copy();
        rest.subtract(before.nanos);
        return new CallbackTimes(rest, periodNanos, overruns - before.overruns);
    }
}
