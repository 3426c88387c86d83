package tapkit.port;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * An output whose device knows no time stamps and may block: one thread of its own waits for each message's time, parked until
 * shortly before and spinning for the rest, before all other programs where the user may ({@link RealTime}).
 */
public final class TimedOutput implements MidiOutput, AutoCloseable {
    /** Where messages go at their time. May block; throws when the device is gone. */
    @FunctionalInterface
    public interface Wire {
        void write(int message) throws Exception;
    }

    /** The thread looks for new messages this often, so sending needs no signal. */
    private static final long LOOK_NANOS = 1_000_000;
    /** A parked thread wakes up to this much too late; the rest is spun. */
    private static final long SPIN_NANOS = 150_000;
    /** Later than this counts as late. */
    private static final long LATE_NANOS = 1_000_000;
    private static final long LEAD_NANOS = 5_000_000;
    private static final long CLOSE_MILLIS = 500;

    private final Wire wire;
    private final Thread thread;
    private final OutputQueue queue = new OutputQueue();
    private final SoundingNotes sounding = new SoundingNotes();
    private final AtomicLong late = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private volatile Optional<String> lost = Optional.empty();
    private volatile boolean closing;

    /** @param name what the port is called, for its thread and for {@link #lost} */
    public TimedOutput(String name, Wire wire) {
        this.wire = wire;
        CompletableFuture<Boolean> first = new CompletableFuture<>();
        thread = Thread.ofPlatform().name("midi out " + name).daemon().start(() -> {
            first.complete(RealTime.request(RealTime.OUTPUT));
            run(name);
        });
        if (!first.join()) {
            RealTime.sayHow();
        }
    }

    @Override
    public boolean send(int message, long atNanos) {
        if (!closing && lost.isEmpty() && queue.offer(message, atNanos)) {
            return true;
        }
        dropped.incrementAndGet();
        return false;
    }

    @Override
    public long leadNanos() {
        return LEAD_NANOS;
    }

    @Override
    public void silence() {
        queue.silence();
    }

    /** Why nothing leaves any more; empty while all is well. */
    public Optional<String> lost() {
        return lost;
    }

    /** Messages that left more than a millisecond after their time. */
    public long late() {
        return late.get();
    }

    /** Messages that were refused. */
    public long dropped() {
        return dropped.get();
    }

    private void run(String name) {
        try {
            while (!closing || !queue.isSilent()) {
                long next = step();
                long wait = Math.min(next - System.nanoTime(), LOOK_NANOS) - SPIN_NANOS;
                if (wait > 0) {
                    LockSupport.parkNanos(wait);
                } else {
                    Thread.onSpinWait();
                }
            }
        } catch (Exception e) {
            lost = Optional.of("the port " + name + " has gone (" + e.getMessage() + ")");
        }
    }

    /** Writes what is due and returns the time of what comes next, or a far one. */
    private long step() throws Exception {
        if (queue.takeSilence()) {
            sounding.beginEnding();
            for (int message = sounding.ending(); message != 0; message = sounding.ending()) {
                write(message);
            }
            queue.silenceDone();
        }
        PendingMessages pending = queue.pending();
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
        write(pending.message(0));
        pending.removeFirst(1);
        return System.nanoTime();
    }

    private void write(int message) throws Exception {
        wire.write(message);
        sounding.sent(message);
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
