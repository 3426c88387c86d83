package tapkit.control.midi;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.tinylog.Logger;
import tapkit.control.Change;
import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.control.Knob;
import tapkit.engine.EngineInput;
import tapkit.port.MidiMessage;
import tapkit.port.MidiOutput;
import tapkit.port.MidiReceiver;
import tapkit.telemetry.PlayedEvent;
import tapkit.telemetry.PlayedFeed;

/**
 * Stands between pad ports and engine: a bound message moves its knob, any other goes on as a tap. A thread of its own learns
 * bindings and lights the controller's lamps.
 */
public final class MidiControl implements MidiReceiver, AutoCloseable {
    private static final long PERIOD_NANOS = 10_000_000;
    /** A controller that was connected since is as dark as one that was plugged in again: nobody tells of either. */
    private static final long REMIND_NANOS = 3_000_000_000L;
    private static final int NOTHING = -1;

    private final EngineInput engine;
    private final ControlBoard board;
    private final PlayedFeed feed;
    private final Consumer<List<Binding>> keeper;
    private final PlayedEvent event = new PlayedEvent();
    private final Thread thread = new Thread(this::run, "tapkit-midi-control");
    private final Binding.Target target;
    /** The message that was learned and waits for its binding; 0: none. */
    private final AtomicInteger heard = new AtomicInteger();
    /** Index of the knob that learns. */
    private volatile int learning = NOTHING;
    private volatile Bindings bindings;
    private MidiOutput lamps = MidiOutput.NONE;
    private volatile boolean closed;

    /**
     * Receives from now on.
     *
     * @param board  what the knobs stand at
     * @param feed   tells of changes; read by this alone
     * @param bound  bindings to begin with
     * @param keeper is told all bindings whenever one was learned or removed
     */
    public MidiControl(EngineInput engine, ControlBoard board, PlayedFeed feed, List<Binding> bound,
            Consumer<List<Binding>> keeper) {
        this.engine = engine;
        this.board = board;
        this.feed = feed;
        this.keeper = keeper;
        target = (knob, change, value, at) -> engine.control(knob.control(), knob.voice(), change, value, at);
        bindings = new Bindings(bound);
        thread.setDaemon(true);
    }

    /**
     * Starts to learn and to light.
     *
     * @param controller where changes go back to; used by this alone
     */
    public void start(MidiOutput controller) {
        lamps = controller;
        thread.start();
    }

    /** All bindings now. */
    public List<Binding> bindings() {
        return bindings.all();
    }

    /** Removes the bindings of a knob, by its index; the keeper is told. Any thread but a port's. */
    public void unbind(int knob) {
        change(now -> now.without(knob));
    }

    private synchronized void change(UnaryOperator<Bindings> to) {
        bindings = to.apply(bindings);
        keeper.accept(bindings.all());
    }

    @Override
    public void receive(int message, long atNanos) {
        if (learning != NOTHING && teaches(message)) {
            heard.compareAndSet(0, message);
            return;
        }
        Binding binding = bindings.of(message);
        if (binding == null) {
            engine.pad(message, atNanos);
        } else {
            binding.act(message, target, atNanos);
        }
    }

    /** A press, not a release: that would come with the press of what was learned last. */
    private static boolean teaches(int message) {
        return switch (MidiMessage.kind(message)) {
            case MidiMessage.NOTE_ON, MidiMessage.CONTROL_CHANGE -> MidiMessage.data2(message) > 0;
            case MidiMessage.PROGRAM_CHANGE -> true;
            default -> false;
        };
    }

    private void run() {
        long lit = System.nanoTime();
        lightAll();
        while (!closed) {
            try {
                turn();
                if (System.nanoTime() - lit > REMIND_NANOS) {
                    lit = System.nanoTime();
                    lightAll();
                }
            } catch (RuntimeException e) { // a file that cannot be written must not end control
                Logger.error("MIDI control: {}", e.getMessage());
            }
            LockSupport.parkNanos(PERIOD_NANOS);
        }
    }

    private void turn() {
        while (feed.poll(event)) {
            if (event.kind == PlayedEvent.Kind.CONTROL) {
                if (Knob.ALL.get(event.knob).control() == Control.LEARN) {
                    int wanted = (int) event.value;
                    learning = wanted < Knob.ALL.size() ? wanted : NOTHING;
                    heard.set(0);
                } else {
                    light(event.knob, event.value);
                }
            }
        }
        int message = heard.get();
        int knob = learning;
        if (message != 0 && knob != NOTHING) {
            learning = NOTHING;
            heard.set(0);
            Binding learned = Binding.learned(Knob.ALL.get(knob), message);
            engine.control(Control.LEARN, Knob.NO_VOICE, Change.SET, NOTHING, System.nanoTime());
            change(now -> now.with(learned));
            light(knob, board.get(knob));
        }
    }

    private void lightAll() {
        for (Binding binding : bindings.all()) {
            light(binding, board.get(binding.knob().index()));
        }
    }

    private void light(int knob, double value) {
        for (Binding binding : bindings.all()) {
            if (binding.knob().index() == knob) {
                light(binding, value);
            }
        }
    }

    private void light(Binding binding, double value) {
        int message = binding.feedback(value);
        if (message != 0) {
            lamps.send(message, System.nanoTime());
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(1000); // at once where it was never started
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
