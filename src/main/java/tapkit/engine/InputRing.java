package tapkit.engine;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import java.util.concurrent.atomic.AtomicLong;
import tapkit.control.Change;
import tapkit.control.Control;

/** The ring into the engine: any thread publishes, the engine's polls. Events of one thread keep their order. */
final class InputRing implements EngineInput {
    /** Takes the events on the engine's thread. */
    interface Handler {
        void onInput(InputEvent event);
    }

    private static final int SLOTS = 4096;
    private static final long FULL = -1;

    /** Nobody waits on this ring; the strategy is there because the ring wants one. */
    private static final WaitStrategy UNUSED = new YieldingWaitStrategy();

    private final RingBuffer<InputEvent> ring = RingBuffer.createMultiProducer(InputEvent::new, SLOTS, UNUSED);
    private final EventPoller<InputEvent> poller = ring.newPoller();
    private final EventPoller.Handler<InputEvent> adapter;
    private final AtomicLong lost = new AtomicLong();
    private int polled;

    InputRing(Handler handler) {
        ring.addGatingSequences(poller.getSequence());
        adapter = (event, sequence, endOfBatch) -> {
            handler.onInput(event);
            polled++;
            return true;
        };
    }

    /** Hands the events that are there to the handler; returns how many. */
    int poll() {
        polled = 0;
        try {
            poller.poll(adapter);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return polled;
    }

    /** Events that found the ring full. */
    long lost() {
        return lost.get();
    }

    @Override
    public void pad(int message, long atNanos) {
        pad(message, 0, atNanos);
    }

    /** The same for a tap of which a drum has sounded already: see {@link InputEvent#direct}. */
    void pad(int message, int direct, long atNanos) {
        publish(InputEvent.Kind.PAD, message, direct, atNanos);
    }

    @Override
    public void clock(int message, long atNanos) {
        publish(InputEvent.Kind.CLOCK, message, 0, atNanos);
    }

    @Override
    public void control(Control control, int voice, Change change, double value, long atNanos) {
        long sequence = claim();
        if (sequence != FULL) {
            InputEvent event = ring.get(sequence);
            event.kind = InputEvent.Kind.CONTROL;
            event.control = control;
            event.voice = voice;
            event.change = change;
            event.value = value;
            event.atNanos = atNanos;
            ring.publish(sequence);
        }
    }

    /** Publishes a copy of an event. */
    void put(InputEvent event) {
        switch (event.kind) {
            case PAD, CLOCK -> publish(event.kind, event.message, event.direct, event.atNanos);
            case TRANSPORT -> transport(event.rolling, event.beat, event.seconds, event.value, event.atNanos);
            case CONTROL -> control(event.control, event.voice, event.change, event.value, event.atNanos);
        }
    }

    private void publish(InputEvent.Kind kind, int message, int direct, long atNanos) {
        long sequence = claim();
        if (sequence != FULL) {
            InputEvent event = ring.get(sequence);
            event.kind = kind;
            event.message = message;
            event.direct = direct;
            event.atNanos = atNanos;
            ring.publish(sequence);
        }
    }

    /** See {@link tapkit.port.TransportReceiver}. */
    void transport(boolean rolling, double beat, double seconds, double bpm, long atNanos) {
        long sequence = claim();
        if (sequence != FULL) {
            InputEvent event = ring.get(sequence);
            event.kind = InputEvent.Kind.TRANSPORT;
            event.rolling = rolling;
            event.beat = beat;
            event.seconds = seconds;
            event.value = bpm;
            event.atNanos = atNanos;
            ring.publish(sequence);
        }
    }

    private long claim() {
        try {
            return ring.tryNext();
        } catch (InsufficientCapacityException e) { // one instance, without a stack trace
            lost.incrementAndGet();
            return FULL;
        }
    }
}
