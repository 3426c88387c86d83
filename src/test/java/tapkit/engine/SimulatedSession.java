package tapkit.engine;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import tapkit.control.Change;
import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.control.Knob;
import tapkit.grid.Grid;
import tapkit.grid.TapWindow;
import tapkit.journal.Journal;
import tapkit.journal.SessionFolder;
import tapkit.model.Decoder;
import tapkit.model.Fills;
import tapkit.model.Prediction;
import tapkit.model.TapModel;
import tapkit.port.IdealOutput;
import tapkit.port.MidiMessage;
import tapkit.telemetry.EngineSnapshot;
import tapkit.telemetry.Lateness;
import tapkit.telemetry.PlayedFeed;
import tapkit.telemetry.SnapshotCell;

/** The engine's thread without its thread: inputs at their times, turns at times that the test chooses, a model that answers at once. */
final class SimulatedSession {
    /** Where the simulation begins; no round number, so that nobody leans on zero. */
    static final long BEGIN = 7_123_456_789L;
    static final long MS = 1_000_000;

    record Sent(int message, long atNanos, long handedNanos) {
        boolean isNoteOn() {
            return MidiMessage.isNoteOn(message);
        }
    }

    private record Input(long atNanos, long arrivesNanos, Runnable action) {
    }

    /** Answers each tap with a kick, and nothing else: what it plays is what it heard. */
    static final class Echo implements TapModel {
        @Override
        public void predict(TapWindow taps, Prediction out) {
            for (int step = 0; step < Grid.STEPS; step++) {
                for (int voice = 0; voice < Grid.VOICES; voice++) {
                    int cell = Grid.cell(step, voice);
                    out.probabilities[cell] = voice == 0 ? taps.taps[step] : 0;
                    out.velocities[cell] = taps.velocities[step];
                    out.offsets[cell] = 0;
                }
            }
        }
    }

    final class Port extends IdealOutput {
        final List<Sent> sent = new ArrayList<>();
        int silenced;
        /** Whether it is full now. */
        BooleanSupplier refuses = () -> false;

        @Override
        public boolean send(int message, long atNanos) {
            if (refuses.getAsBoolean()) {
                return false;
            }
            sent.add(new Sent(message, atNanos, nowNanos));
            return true;
        }

        @Override
        public long leadNanos() {
            return portLeadNanos;
        }

        @Override
        public void silence() {
            silenced++;
        }
    }

    final Port drums = new Port();
    final Port clockOut = new Port();
    final Feeds feeds = new Feeds();
    final PlayedFeed feed = feeds.open();
    final Conductor conductor;
    final ControlBoard board;
    /** What was noted of the session. */
    final ByteArrayOutputStream records = new ByteArrayOutputStream();
    final List<Integer> recordEnds = new ArrayList<>();
    /** Bytes of records that there is room for. */
    int room = Integer.MAX_VALUE;
    final EngineJournal notes = new EngineJournal(this::note);
    private final EngineSettings settings;
    private final boolean sendsClock;
    private final SnapshotCell cell = new SnapshotCell("test");
    private final List<Input> inputs = new ArrayList<>();
    private final Deque<Answer> underway = new ArrayDeque<>();
    private final Deque<Long> readyAt = new ArrayDeque<>();
    private long portLeadNanos;
    private long inferenceNanos;
    private long nowNanos = BEGIN;

    SimulatedSession(EngineSettings settings) {
        this(settings, new Echo());
    }

    SimulatedSession(EngineSettings settings, TapModel model) {
        this(settings, new Player(model, evens()), Fills.PLAIN, true);
    }

    /** @param sendsClock whether MIDI clock goes out, of which hardly a turn is without */
    SimulatedSession(EngineSettings settings, Player player, Fills fills, boolean sendsClock) {
        this(settings, player, fills, sendsClock, 10 * MS);
    }

    private SimulatedSession(EngineSettings settings, Player player, Fills fills, boolean sendsClock, long portLeadNanos) {
        this.portLeadNanos = portLeadNanos;
        this.settings = settings;
        this.sendsClock = sendsClock;
        board = settings.board();
        Responder responder = new Responder(List.of(player));
        Inference inline = new Inference() {
            @Override
            public boolean ask(Question question) {
                Answer answer = new Answer();
                responder.respond(question, answer);
                underway.add(answer);
                readyAt.add(nowNanos + inferenceNanos);
                return true;
            }

            @Override
            public boolean poll(Answer into) {
                if (underway.isEmpty() || readyAt.peek() > nowNanos) {
                    return false;
                }
                readyAt.poll();
                into.copyFrom(underway.poll());
                return true;
            }
        };
        conductor = new Conductor(settings, inline, fills::draw, List.of(drums), new DirectPath(), sendsClock ? clockOut : null,
                feeds, cell,
                board,
                new Lateness(), notes);
    }

    private boolean note(byte[] bytes, int length) {
        if (records.size() + length > room) {
            return false;
        }
        records.write(bytes, 0, length);
        recordEnds.add(records.size());
        return true;
    }

    private static Decoder evens() {
        float[] half = new float[Grid.VOICES];
        java.util.Arrays.fill(half, 0.5f);
        return new Decoder(half);
    }

    /** One that sends no clock, with the echo for a model. */
    static SimulatedSession withoutClock(EngineSettings settings) {
        return new SimulatedSession(settings, new Player(new Echo(), evens()), Fills.PLAIN, false);
    }

    /** One whose ports want messages that long before their time, and which sends clock. */
    static SimulatedSession withPortLead(long nanos, EngineSettings settings) {
        return new SimulatedSession(settings, new Player(new Echo(), evens()), Fills.PLAIN, true, nanos);
    }

    /** The internal clock, and bars that are repeated exactly. */
    static EngineSettings internal(double bpm) {
        return internal(bpm, Map.of());
    }

    static EngineSettings internal(double bpm, Map<String, Double> knobs) {
        Map<Knob, Double> all = new HashMap<>(Map.of(Knob.of(Control.VARIATION), 0.0));
        knobs.forEach((name, value) -> all.put(Knob.named(name).orElseThrow(), value));
        return new EngineSettings(EngineSettings.ClockSource.INTERNAL, bpm, 0, 1, all);
    }

    /** A transport says where it is. */
    void transport(long atNanos, boolean rolling, double beat, double bpm) {
        inputs.add(new Input(atNanos, atNanos, () -> conductor.inputs().transport(rolling, beat, beat, bpm, atNanos)));
    }

    /** How long before their time the ports want messages from now on. */
    void portsWantAhead(long nanos) {
        portLeadNanos = nanos;
    }

    /** How long the model takes from now on. */
    void inferenceTakes(long nanos) {
        inferenceNanos = nanos;
    }

    void tap(long atNanos, int note, int velocity) {
        tapArriving(atNanos, atNanos + MS, note, velocity);
    }

    void tapArriving(long atNanos, long arrivesNanos, int note, int velocity) {
        inputs.add(new Input(atNanos, arrivesNanos,
                () -> conductor.inputs().pad(MidiMessage.noteOn(0, note, velocity), atNanos)));
    }

    /** A tap whose drum has left already. */
    void directTap(long atNanos, int note, int velocity, int struck) {
        directTap(atNanos, atNanos, note, velocity, struck);
    }

    void directTap(long atNanos, long arrivesNanos, int note, int velocity, int struck) {
        inputs.add(new Input(atNanos, arrivesNanos,
                () -> conductor.inputs().pad(MidiMessage.noteOn(0, note, velocity), struck, atNanos)));
    }

    void clock(long atNanos, int message) {
        inputs.add(new Input(atNanos, atNanos, () -> conductor.inputs().clock(message, atNanos)));
    }

    void control(long atNanos, Control control, double value) {
        inputs.add(new Input(atNanos, atNanos, () -> conductor.inputs().control(control, value, atNanos)));
    }

    /** The same for one voice. */
    void knob(long atNanos, Control control, int voice, double value) {
        inputs.add(new Input(atNanos, atNanos,
                () -> conductor.inputs().control(control, voice, Change.SET, value, atNanos)));
    }

    /** Any message of a pad. */
    void message(long atNanos, int message) {
        inputs.add(new Input(atNanos, atNanos, () -> conductor.inputs().pad(message, atNanos)));
    }

    /** Any change of a knob. */
    void change(long atNanos, Knob knob, Change change, double value) {
        inputs.add(new Input(atNanos, atNanos,
                () -> conductor.inputs().control(knob.control(), knob.voice(), change, value, atNanos)));
    }

    /** Turns where something comes in, a moment after for the answer to it, and every {@code turnNanos} besides. */
    void runAtInputs(long untilNanos, long turnNanos) {
        inputs.sort(Comparator.comparingLong(Input::arrivesNanos));
        long next = nowNanos;
        while (nowNanos < untilNanos) {
            long arrives = inputs.isEmpty() ? Long.MAX_VALUE : inputs.getFirst().arrivesNanos();
            if (arrives <= next) {
                nowNanos = arrives;
                inputs.removeFirst().action().run();
                conductor.doWork(nowNanos);
                conductor.doWork(nowNanos);
            } else {
                nowNanos = next;
                next += turnNanos;
                conductor.doWork(nowNanos);
            }
        }
    }

    /** Turns every {@code turnNanos} until an instant; a new call goes on from there. */
    void run(long untilNanos, long turnNanos) {
        inputs.sort(Comparator.comparingLong(Input::arrivesNanos));
        while (nowNanos < untilNanos) {
            nowNanos += turnNanos;
            while (!inputs.isEmpty() && inputs.getFirst().arrivesNanos() <= nowNanos) {
                inputs.removeFirst().action().run();
            }
            conductor.doWork(nowNanos);
        }
    }

    /** The journal of the session, which began with the ports' leads as they are now. */
    Journal journal() {
        return new Journal(Path.of("simulated" + SessionFolder.SUFFIX),
                Session.of(settings, List.of(drums), sendsClock ? clockOut : null).fields(),
                records.toByteArray(), Optional.empty(), Optional.empty());
    }

    /** Turns now and then, late sometimes, as a busy computer does. */
    void runUnevenly(long untilNanos, Random random) {
        inputs.sort(Comparator.comparingLong(Input::arrivesNanos));
        while (nowNanos < untilNanos) {
            nowNanos += switch (random.nextInt(400)) {
                case 0 -> random.nextLong(400 * MS);
                case 1, 2, 3 -> random.nextLong(60 * MS);
                default -> random.nextLong(2 * MS);
            };
            while (!inputs.isEmpty() && inputs.getFirst().arrivesNanos() <= nowNanos) {
                inputs.removeFirst().action().run();
            }
            conductor.doWork(nowNanos);
        }
    }

    EngineSnapshot snapshot() {
        return cell.read(nowNanos);
    }

    /** Times of note-ons in steps since an instant, at a tempo. */
    List<Double> onsets(long sinceNanos, double bpm) {
        return drums.sent.stream().filter(Sent::isNoteOn).map(s -> (s.atNanos() - sinceNanos) / Grid.stepNanos(bpm)).toList();
    }
}
