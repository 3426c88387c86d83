package tapkit.bench;

import java.util.function.IntUnaryOperator;

/** When each of a row of numbered messages came; one that is left out is missing. Written by one thread; nothing is allocated. */
final class Numbered {
    private static final long MISSING = Long.MIN_VALUE;
    /** How many in a row may be lost: what isn't among the next ones is another's message, and the server waits while this looks. */
    private static final int LOOK_AHEAD = 100;

    private final IntUnaryOperator messages;
    private final EventTimes times;
    private volatile int next;

    /** @param messages by its number, what each looks like */
    Numbered(IntUnaryOperator messages, int events) {
        this.messages = messages;
        times = new EventTimes(events);
        for (int event = 0; event < events; event++) {
            times.set(event, MISSING);
        }
    }

    /** Takes note of a message; any other is passed over. */
    void came(int message, long at) {
        int end = Math.min(next + LOOK_AHEAD, times.events());
        for (int event = next; event < end; event++) {
            if (message == messages.applyAsInt(event)) {
                times.set(event, at);
                next = event + 1;
                return;
            }
        }
    }

    /** Whether the last one came. */
    boolean isComplete() {
        return next == times.events();
    }

    boolean isMissing(int event) {
        return times.get(event) == MISSING;
    }

    /** When it came; only if it is not missing. */
    long atNanos(int event) {
        return times.get(event);
    }
}
