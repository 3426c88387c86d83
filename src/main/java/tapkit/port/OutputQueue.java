package tapkit.port;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * What an output port has been handed and has not yet sent. One thread offers, one thread (the port's own) takes; any thread
 * may ask for silence, and offer what is to leave at once. Wait-free, and nothing is allocated after construction.
 *
 * <p>
 * Ordering: silence drops what was offered before it was asked for and nothing that is offered after.
 */
public final class OutputQueue {
    private static final int RING = 1024;
    private static final int PENDING = 4096;
    private static final int IMMEDIATE = 256;

    private final MessageRing ring = new MessageRing(RING);
    private final ImmediateRing immediate = new ImmediateRing(IMMEDIATE);
    private final PendingMessages pending = new PendingMessages(PENDING);
    private final AtomicLong silenceUpTo = new AtomicLong();
    private final AtomicLong silencesAsked = new AtomicLong();
    private final AtomicLong silencesDone = new AtomicLong();
    private volatile LongConsumer delays = nanos -> {
    };
    private long silencesTaken;

    /** The offering thread: false if the queue is full. */
    public boolean offer(int message, long atNanos) {
        return ring.offer(message, atNanos);
    }

    /** Any thread: what is to leave at once; false if there is no room. */
    public boolean offerNow(int message, long atNanos) {
        return immediate.offer(message, atNanos);
    }

    /** See {@link MidiOutput#measureNow}. */
    public void measureNow(LongConsumer nanos) {
        delays = nanos;
    }

    /** Any thread: drops what was offered so far; the port ends what sounds. */
    public void silence() {
        silenceUpTo.accumulateAndGet(ring.produced(), Math::max);
        silencesAsked.incrementAndGet();
    }

    /** Any thread: whether every silence that was asked for has been carried out. */
    public boolean isSilent() {
        return silencesAsked.get() == silencesDone.get();
    }

    /** The port's thread: true once for each time that silence was asked for since; what it drops is gone by then. */
    public boolean takeSilence() {
        long asked = silencesAsked.get();
        if (asked == silencesTaken) {
            return false;
        }
        silencesTaken = asked;
        pending.clear();
        for (long upTo = silenceUpTo.get(); ring.consumed() < upTo;) {
            ring.remove();
        }
        while (!immediate.isEmpty()) {
            immediate.remove();
        }
        return true;
    }

    /** The port's thread: what sounded when silence was taken has been ended. */
    public void silenceDone() {
        silencesDone.setRelease(silencesTaken);
    }

    /**
     * The port's thread: what waits for its time, with everything in it that was offered so far.
     *
     * @param nowNanos what is to leave at once and has an earlier time gets this one
     */
    public PendingMessages pending(long nowNanos) {
        while (!immediate.isEmpty() && !pending.isFull()) {
            long at = immediate.atNanos();
            delays.accept(System.nanoTime() - at);
            pending.add(immediate.message(), Math.max(at, nowNanos));
            immediate.remove();
        }
        while (!ring.isEmpty() && !pending.isFull()) {
            pending.add(ring.message(), ring.atNanos());
            ring.remove();
        }
        return pending;
    }
}
