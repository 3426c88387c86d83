package tapkit.port.loopback;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import tapkit.port.MidiOutput;
import tapkit.port.MidiReceiver;

/**
 * An output that hands every message at once, with the time at which it would leave, to whoever watches. Silence is told apart:
 * what had been handed over is not called back, because it was taken when it was sent.
 */
public final class LoopbackOutput implements MidiOutput {
    private final AtomicLong dropped = new AtomicLong();
    private volatile MidiReceiver watcher = (message, atNanos) -> {
    };
    private volatile Runnable onSilence = () -> {
    };
    private volatile LongConsumer delays = nanos -> {
    };
    private volatile boolean closed;

    LoopbackOutput() {
    }

    /** From now on every message goes to this receiver, on the sender's thread, and every silence is told. */
    public void watch(MidiReceiver receiver, Runnable silenced) {
        onSilence = silenced;
        watcher = receiver;
    }

    @Override
    public boolean send(int message, long atNanos) {
        if (closed) {
            dropped.incrementAndGet();
            return false;
        }
        watcher.receive(message, atNanos);
        return true;
    }

    @Override
    public boolean sendNow(int message, long atNanos) {
        boolean taken = send(message, atNanos);
        delays.accept(System.nanoTime() - atNanos);
        return taken;
    }

    @Override
    public void measureNow(LongConsumer nanos) {
        delays = nanos;
    }

    @Override
    public long leadNanos() {
        return 0;
    }

    @Override
    public void silence() {
        onSilence.run();
    }

    long dropped() {
        return dropped.get();
    }

    void close() {
        closed = true;
    }
}
