package tapkit.port.loopback;

import java.util.Optional;
import tapkit.port.InputRouter;
import tapkit.port.MidiReceiver;
import tapkit.port.MidiSession;
import tapkit.port.PortHealth;
import tapkit.port.PortPlan;

/** Ports that lead nowhere: what is to come in is pushed in, and what was sent can be watched. */
public final class LoopbackSession implements MidiSession {
    private final InputRouter router;
    private final LoopbackOutput drums = new LoopbackOutput();
    private final LoopbackOutput clock = new LoopbackOutput();
    private final LoopbackOutput control = new LoopbackOutput();
    private volatile boolean closed;

    LoopbackSession(PortPlan plan, MidiReceiver pad, MidiReceiver clock) {
        router = new InputRouter(plan, pad, clock);
    }

    /** A message comes in over the pad's port, on the caller's thread. */
    public void pad(int message, long atNanos) {
        pad(0, message, atNanos);
    }

    /** The same over a pad's port of another number. */
    public void pad(int input, int message, long atNanos) {
        if (!closed) {
            router.padPort(input).receive(message, atNanos);
        }
    }

    /** A message comes in over the clock's port, on the caller's thread. */
    public void clockIn(int message, long atNanos) {
        if (!closed) {
            router.clockPort().receive(message, atNanos);
        }
    }

    @Override
    public LoopbackOutput drums() {
        return drums;
    }

    @Override
    public LoopbackOutput clock() {
        return clock;
    }

    @Override
    public LoopbackOutput control() {
        return control;
    }

    @Override
    public String describe() {
        return "no MIDI ports: the kit sounds in the page";
    }

    @Override
    public PortHealth health() {
        return new PortHealth(Optional.empty(), 0, 0, drums.dropped() + clock.dropped());
    }

    @Override
    public void close() {
        if (!closed) {
            drums.silence();
            closed = true;
            drums.close();
            clock.close();
            control.close();
        }
    }
}
