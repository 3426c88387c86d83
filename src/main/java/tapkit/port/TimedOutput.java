package tapkit.port;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * An output whose device knows no time stamps and may block: one thread of its own waits for each message's time, parked until
 * shortly before and spinning for the rest, before all other programs where the user may ({@link RealTime}). While the device is
 * unplugged messages are dropped, as by a pulled cable; when it is back, what sounded is ended first.
 */
public final class TimedOutput implements MidiOutput, AutoCloseable {
    /** Where messages go at their time. May block; throws when the device is gone, and is not called again. */
    @FunctionalInterface
    public interface Wire {
        void write(int message) throws Exception;
    }

    /** The thread looks for new messages this often, so sending needs no signal; only what is to leave at once does. */
    private static final long LOOK_NANOS = 1_000_000;
    /** A parked thread wakes up to this much too late; the rest is spun. */
    private static final long SPIN_NANOS = 150_000;
    /** Later than this counts as late. */
    private static final long LATE_NANOS = 1_000_000;
    private static final long LEAD_NANOS = 5_000_000;
    private static final long CLOSE_MILLIS = 500;

    private final String name;
    private final Thread thread;
    private final OutputQueue queue = new OutputQueue();
    private final SoundingNotes sounding = new SoundingNotes();
    private final AtomicLong late = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    /** Null while the device is unplugged. */
    private volatile Wire wire;
    private volatile Optional<String> away = Optional.empty();
    private volatile boolean closing;

    /** @param name what the port is called, for its thread and for {@link #away} */
    public TimedOutput(String name, Wire wire) {
        this.name = name;
        this.wire = wire;
        CompletableFuture<Boolean> first = new CompletableFuture<>();
        thread = Thread.ofPlatform().name("midi out " + name).daemon().start(() -> {
            first.complete(RealTime.request(RealTime.OUTPUT));
            run();
        });
        if (!first.join()) {
            RealTime.sayHow();
        }
    }

    @Override
    public boolean send(int message, long atNanos) {
        if (!closing && (wire == null || queue.offer(message, atNanos))) {
            return true;
        }
        dropped.incrementAndGet();
        return false;
    }

    @Override
    public boolean sendNow(int message, long atNanos) {
        if (!closing && (wire == null || queue.offerNow(message, atNanos))) {
            LockSupport.unpark(thread);
            return true;
        }
        dropped.incrementAndGet();
        return false;
    }

    @Override
    public void measureNow(LongConsumer nanos) {
        queue.measureNow(nanos);
    }

    @Override
    public long leadNanos() {
        return LEAD_NANOS;
    }

    @Override
    public void silence() {
        queue.silence();
    }

    /** The device has gone. Any thread. */
    public void unplug() {
        wire = null;
    }

    /** The device is there again. Any thread. */
    public void plug(Wire next) {
        away = Optional.empty();
        wire = next;
        queue.silence();
    }

    /** That the device has refused a message, and is taken for gone until it is plugged in; empty while all is well. */
    public Optional<String> away() {
        return away;
    }

    /** Messages that left more than a millisecond after their time. */
    public long late() {
        return late.get();
    }

    /** Messages that were refused. */
    public long dropped() {
        return dropped.get();
    }

    private void run() {
        while (!closing || !queue.isSilent()) {
            Wire now = wire;
            long next = now == null ? drop() : step(now);
            long wait = Math.min(next - System.nanoTime(), LOOK_NANOS) - SPIN_NANOS;
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    /** Unplugged: nothing leaves, and what sounded is remembered. */
    private long drop() {
        if (queue.takeSilence()) {
            queue.silenceDone();
        }
        PendingMessages pending = queue.pending(Long.MIN_VALUE);
        pending.removeFirst(pending.size());
        return System.nanoTime() + LOOK_NANOS;
    }

    /** Writes what is due and returns the time of what comes next, or a far one. */
    private long step(Wire now) {
        if (queue.takeSilence()) {
            sounding.beginEnding();
            int message = sounding.ending();
            while (message != 0 && write(now, message)) {
                message = sounding.ending();
            }
            queue.silenceDone();
        }
        PendingMessages pending = queue.pending(Long.MIN_VALUE);
        if (pending.size() == 0) {
            return System.nanoTime() + LOOK_NANOS;
        }
        long early = pending.atNanos(0) - System.nanoTime();
        if (early > 0) {
            return pending.atNanos(0);
        }
        if (early < -LATE_NANOS) {
            late.incrementAndGet();
        }
        write(now, pending.message(0));
        pending.removeFirst(1);
        return System.nanoTime();
    }

    private boolean write(Wire now, int message) {
        try {
            now.write(message);
            sounding.sent(message);
            return true;
        } catch (Exception e) {
            if (now.equals(wire)) {
                wire = null;
                away = Optional.of("the port " + name + " has gone (" + e.getMessage() + ")");
            }
            return false;
        }
    }

    /** Ends what sounds and then the thread; waits half a second at most, because the device may hang. */
    @Override
    public void close() {
        silence();
        closing = true;
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
