package tapkit.control.web;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import tapkit.control.Change;
import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.control.Knob;
import tapkit.control.midi.Binding;
import tapkit.engine.EngineInput;
import tapkit.telemetry.EngineSnapshot;
import tapkit.telemetry.Lateness;
import tapkit.telemetry.PlayedEvent;
import tapkit.telemetry.PlayedFeed;

/** Takes what a page sends and gives what a test wants a page to see. */
final class TestEngine implements EngineInput, PlayedFeed {
    record Pad(int message, long atNanos) {
    }

    record Turn(Control control, int voice, Change change, double value, long atNanos) {
    }

    final BlockingQueue<Pad> pads = new LinkedBlockingQueue<>();
    final BlockingQueue<Turn> turns = new LinkedBlockingQueue<>();
    private final Queue<PlayedEvent> played = new ConcurrentLinkedQueue<>();

    final ControlBoard board = new ControlBoard();
    final Lateness lateness = new Lateness();
    volatile PageInfo info = new PageInfo("no MIDI ports", "tap2drum", "take.mid");
    volatile EngineSnapshot.Recording recording = EngineSnapshot.Recording.NONE;
    volatile int mode;
    volatile String clock = "internal";
    volatile boolean locked = true;
    /** Whether asking for the info fails. */
    volatile boolean broken;
    volatile List<Binding> bindings = List.of();

    private final AtomicInteger drums = new AtomicInteger();
    private volatile boolean running;
    private volatile long startNanos;

    PageSources sources() {
        return new PageSources(this, this::snapshot, this, board, this::info, () -> bindings,
                knob -> bindings = bindings.stream().filter(b -> b.knob().index() != knob).toList(),
                List.of(new PageSources.Timing("Drums late", lateness)));
    }

    private PageInfo info() {
        if (broken) {
            throw new IllegalStateException("which the test wants");
        }
        return info;
    }

    /** Runs at 120 from bar 0. */
    void start() {
        startNanos = System.nanoTime();
        running = true;
    }

    void stop() {
        running = false;
    }

    double beat(long atNanos) {
        return running ? (atNanos - startNanos) / 500e6 : 0;
    }

    long nanos(double beat) {
        return startNanos + Math.round(beat * 500e6);
    }

    EngineSnapshot snapshot() {
        long now = System.nanoTime();
        return new EngineSnapshot(now, running, clock, locked, 120, beat(now), pads.size(), drums.get(), 5, 6, 7, 8, 1500,
                0.25, recording, mode, 0);
    }

    void play(PlayedEvent.Kind kind, int voice, int note, int velocity, long atNanos) {
        drums.addAndGet(kind == PlayedEvent.Kind.DRUM ? 1 : 0);
        PlayedEvent event = new PlayedEvent();
        event.kind = kind;
        event.voice = voice;
        event.note = note;
        event.velocity = velocity;
        event.atNanos = atNanos;
        event.beat = beat(atNanos);
        event.bpm = 120;
        played.add(event);
    }

    @Override
    public void pad(int message, long atNanos) {
        pads.add(new Pad(message, atNanos));
    }

    @Override
    public void clock(int message, long atNanos) {
        throw new IllegalStateException("no page sends a clock");
    }

    @Override
    public void control(Control control, int voice, Change change, double value, long atNanos) {
        Knob knob = Knob.of(control, voice);
        board.set(knob.index(), control.changed(board.get(knob.index()), change, value));
        PlayedEvent event = new PlayedEvent();
        event.kind = PlayedEvent.Kind.CONTROL;
        event.knob = knob.index();
        event.value = board.get(knob.index());
        played.add(event);
        turns.add(new Turn(control, voice, change, value, atNanos));
    }

    @Override
    public boolean poll(PlayedEvent into) {
        PlayedEvent next = played.poll();
        if (next != null) {
            into.copyFrom(next);
        }
        return next != null;
    }

    @Override
    public long lost() {
        return 2;
    }
}
