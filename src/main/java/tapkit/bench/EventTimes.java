package tapkit.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * A time for each of a row of events, written while they happen. They lie outside the heap: the collector moves an array as long as
 * this now and then, and leaves the copying to the thread that touches it first, which is the one that is being timed.
 */
final class EventTimes {
    private final LongBuffer nanos;

    /** All 0. */
    EventTimes(int events) {
        nanos = ByteBuffer.allocateDirect(events * Long.BYTES).order(ByteOrder.nativeOrder()).asLongBuffer();
    }

    int events() {
        return nanos.capacity();
    }

    void set(int event, long atNanos) {
        nanos.put(event, atNanos);
    }

    long get(int event) {
        return nanos.get(event);
    }
}
