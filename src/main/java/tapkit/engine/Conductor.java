package tapkit.engine;

import java.util.List;
import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.port.MidiOutput;
import tapkit.port.RealTime;
import tapkit.tap.VelocitySense;
import tapkit.telemetry.Lateness;
import tapkit.telemetry.SnapshotCell;

/**
 * The engine's thread: takes what comes in, keeps the phrase that is played, and hands its hits over in time. Single-threaded and
 * without a clock of its own: the same inputs at the same times give the same drums. Everything that it takes comes through
 * {@link #onInput} and {@link #take}, and the only other thing that it knows is the time of its turn. A turn first plays up to that
 * time, so that turns in which nothing comes in and nothing goes out make no difference: what {@link EngineJournal} notes is enough
 * to play the same again.
 */
final class Conductor implements Agent {
    /** Further ahead than this no message can be: a period's length and a port's sync offset. */
    private static final long MOST_AHEAD_NANOS = 300_000_000;

    private final ClockSender clockSender;
    private final EngineJournal journal;
    private final Inference inference;
    private final SnapshotCell cell;
    private final ControlBoard board;
    private final InputRing inputs = new InputRing(this::onInput);
    private final Timekeeper time;
    private final Stage stage;
    private final Questions questions;
    private final Kit kit;
    private final Arrangement arrangement;
    private final Performance performance;
    private final Hands hands;
    private final Song song;
    private final Taps taps;
    private final Desk desk;
    private final Answer answer = new Answer();
    private double inferenceMicros;

    /** @param clockOut where MIDI clock goes; null: nowhere */
    Conductor(EngineSettings settings, Inference inference, FillSource fills, List<MidiOutput> drums, DirectPath path,
            MidiOutput clockOut, Feeds feeds, SnapshotCell cell, ControlBoard board, Lateness lateness,
            EngineJournal journal) {
        this.journal = journal;
        feeds.noteIn(journal);
        this.inference = journal.watch(inference);
        this.clockSender = clockOut == null ? null : new ClockSender(journal.watch(clockOut, drums.size()));
        this.cell = cell;
        this.board = board;
        time = new Timekeeper(settings, board, feeds);
        stage = new Stage(board);
        Prompter prompter = new Prompter(stage, board, settings.seed());
        VelocitySense sense = new VelocitySense();
        questions = new Questions(this.inference, prompter, board, time, sense);
        kit = new Kit(journal.watch(drums), time.clock(), board, feeds, lateness);
        arrangement = new Arrangement(journal.watch(fills));
        StruckCells struck = new StruckCells();
        performance = new Performance(time, stage, questions, arrangement, struck, kit, board);
        hands = new Hands(time, stage, questions, performance, struck, kit, path, sense);
        Knobs knobs = new Knobs(board, feeds, time);
        song = new Song(time, knobs, stage, questions, arrangement, performance, hands, kit, board);
        taps = new Taps(time, song, stage, questions, performance, hands, kit, feeds, sense);
        desk = new Desk(time, knobs, board, song, stage, prompter, arrangement, performance, path, settings.seed());
    }

    InputRing inputs() {
        return inputs;
    }

    @Override
    public void onStart() {
        RealTime.request(RealTime.ENGINE);
    }

    @Override
    public String roleName() {
        return "tapkit-engine";
    }

    @Override
    public int doWork(long now) {
        time.turn(now);
        journal.turn(now);
        advance();
        int work = inputs.poll();
        time.clock().advance(now);
        followClock();
        while (inference.poll(answer)) {
            take(answer);
            work++;
        }
        advance();
        if (song.isRunning()) {
            time.tellTempo();
        }
        if (clockSender != null) {
            clockSender.run(now, time.clock());
        }
        publish();
        return work;
    }

    private void advance() {
        if (song.isRunning()) {
            long bar = performance.bar();
            long endBar = arrangement.endBar();
            song.play();
            hands.askAhead();
            if (performance.bar() != bar || arrangement.endBar() != endBar) {
                journal.mark(); // a line was passed, even if nothing sounded
            }
        }
        kit.run(time.nowNanos(), performance.leadNanos());
    }

    @Override
    public void onClose() {
        song.silence();
        if (clockSender != null) {
            clockSender.close(time.nowNanos());
        }
        journal.end();
    }

    private void onInput(InputEvent event) {
        journal.input(event);
        // A server tells of a period's messages when the period begins: their times lie ahead, and are kept.
        long at = Math.min(event.atNanos, time.nowNanos() + MOST_AHEAD_NANOS);
        switch (event.kind) {
            case PAD -> taps.pad(event.message, event.direct, at);
            case CLOCK -> time.midi(event.message, at);
            case TRANSPORT -> time.transport(event);
            case CONTROL -> desk.turn(event, at);
        }
        followClock();
    }

    private void followClock() {
        song.follow();
        if (song.hasBegun()) {
            taps.placeEarly();
        }
    }

    private void take(Answer given) {
        inferenceMicros = given.micros;
        if (!questions.counts(given)) {
            return;
        }
        if (given.step == Question.NO_STEP) {
            performance.take(given);
        } else {
            hands.take(given);
        }
    }

    private void publish() {
        cell.begin();
        cell.running = song.isRunning();
        cell.locked = time.clock().locked();
        cell.bpm = time.clock().bpm();
        cell.atNanos = time.nowNanos();
        cell.beat = time.clock().beatAt(time.nowNanos());
        cell.taps = taps.count();
        cell.hits = kit.hits();
        cell.answered = performance.answered();
        cell.skipped = performance.skipped();
        cell.lateHits = kit.late();
        cell.lostEvents = inputs.lost() + questions.lost() + kit.refused() + (clockSender == null ? 0 : clockSender.refused());
        cell.inferenceMicros = inferenceMicros;
        cell.temperature = board.get(Control.TEMPERATURE);
        cell.recording = stage.state();
        cell.mode = stage.mode().ordinal();
        cell.part = stage.part();
        cell.end();
    }
}
