package tapkit.port;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A bounded queue of messages that are to leave at once, from any number of producing threads to one consuming thread. Lock-free;
 * nothing is allocated after construction. After Dmitry Vyukov's bounded queue: each slot bears the number of the turn for which it is
 * free or filled.
 */
final class ImmediateRing {
    private final int[] messages;
    private final long[] atNanos;
    private final AtomicLongArray turns;
    private final int mask;
    private final AtomicLong claimed = new AtomicLong();
    private long consumed;

    /** @param capacity a power of two */
    ImmediateRing(int capacity) {
        messages = new int[capacity];
        atNanos = new long[capacity];
        turns = new AtomicLongArray(capacity);
        for (int slot = 0; slot < capacity; slot++) {
            turns.set(slot, slot);
        }
        mask = capacity - 1;
    }

    /** Any thread: false if the ring is full. */
    boolean offer(int message, long at) {
        while (true) {
            long turn = claimed.get();
            int slot = (int) turn & mask;
            long ahead = turns.getAcquire(slot) - turn;
            if (ahead < 0) {
                return false;
            }
            if (ahead == 0 && claimed.compareAndSet(turn, turn + 1)) {
                messages[slot] = message;
                atNanos[slot] = at;
                turns.setRelease(slot, turn + 1);
                return true;
            }
        }
    }

    /** Consumer: whether nothing waits. */
    boolean isEmpty() {
        return turns.getAcquire((int) consumed & mask) != consumed + 1;
    }

    /** Consumer: the oldest message; only if the ring is not empty. */
    int message() {
        return messages[(int) consumed & mask];
    }

    /** Consumer: the time of the oldest message; only if the ring is not empty. */
    long atNanos() {
        return atNanos[(int) consumed & mask];
    }

    /** Consumer: takes the oldest message out. */
    void remove() {
        turns.setRelease((int) consumed & mask, consumed + mask + 1);
        consumed++;
    }
}
