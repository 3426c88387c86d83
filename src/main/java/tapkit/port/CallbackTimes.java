package tapkit.port;

import org.HdrHistogram.Histogram;

/**
 * How long a server waited for tapkit in its periods. A server that misses a period blames nobody; these figures do.
 *
 * @param nanos       of each call, from its beginning to its end: the reader's own copy
 * @param periodNanos how long a period lasts
 * @param overruns    periods that tapkit held up: it was still at work when the next one was to begin, and had worked for more than an
 *                    eighth of a period (one that took less was called too late)
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
