package tapkit.journal;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes on their way from one thread to one other. Neither waits, locks or allocates. */
final class ByteRing implements RecordSink {
    private final byte[] bytes;
    private final int mask;
    /** Bytes that were ever put in; the producer writes it. */
    private final AtomicLong put = new AtomicLong();
    /** Bytes that were ever taken out; the consumer writes it. */
    private final AtomicLong taken = new AtomicLong();

    /** @param capacity in bytes, a power of two */
    ByteRing(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity: " + capacity);
        }
        bytes = new byte[capacity];
        mask = capacity - 1;
    }

    @Override
    public boolean offer(byte[] from, int length) {
        long at = put.getPlain();
        if (length > bytes.length - (at - taken.getAcquire())) {
            return false;
        }
        int begin = (int) at & mask;
        int first = Math.min(length, bytes.length - begin);
        System.arraycopy(from, 0, bytes, begin, first);
        System.arraycopy(from, first, bytes, 0, length - first);
        put.setRelease(at + length);
        return true;
    }

    /** Takes everything that is there, which is whole records; returns how many bytes. From {@code to} on there is room for a full ring. */
    int drain(byte[] into, int to) {
        long at = taken.getPlain();
        int length = (int) (put.getAcquire() - at);
        int begin = (int) at & mask;
        int first = Math.min(length, bytes.length - begin);
        System.arraycopy(bytes, begin, into, to, first);
        System.arraycopy(bytes, 0, into, to + first, length - first);
        taken.setRelease(at + length);
        return length;
    }
}
