package tapkit.port;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bounded queue of timed messages between exactly one producing and one consuming thread. Wait-free; nothing is allocated
 * after construction. Messages come out in the order in which they went in.
 */
final class MessageRing {
    private final int[] messages;
    private final long[] atNanos;
    private final int mask;
    private final AtomicLong produced = new AtomicLong();
    private final AtomicLong consumed = new AtomicLong();

    /** @param capacity a power of two */
    MessageRing(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity must be a power of two: " + capacity);
        }
        messages = new int[capacity];
        atNanos = new long[capacity];
        mask = capacity - 1;
    }

    /** Producer: false if the ring is full. */
    boolean offer(int message, long at) {
        long next = produced.getPlain();
        if (next - consumed.getAcquire() > mask) {
            return false;
        }
        int slot = (int) next & mask;
        messages[slot] = message;
        atNanos[slot] = at;
        produced.setRelease(next + 1);
        return true;
    }

    /** Any thread: messages that ever went in. */
    long produced() {
        return produced.getAcquire();
    }

    /** Consumer: messages that ever came out. */
    long consumed() {
        return consumed.getPlain();
    }

    /** Consumer: whether nothing waits. */
    boolean isEmpty() {
        return consumed.getPlain() == produced.getAcquire();
    }

    /** Consumer: the oldest message; only if the ring is not empty. */
    int message() {
        return messages[(int) consumed.getPlain() & mask];
    }

    /** Consumer: the time of the oldest message; only if the ring is not empty. */
    long atNanos() {
        return atNanos[(int) consumed.getPlain() & mask];
    }

    /** Consumer: takes the oldest message out. */
    void remove() {
        consumed.setRelease(consumed.getPlain() + 1);
    }
}
