package tapkit.engine;

import java.util.List;
import tapkit.clock.BeatClock;
import tapkit.clock.InternalClock;
import tapkit.clock.MidiClockFollower;
import tapkit.clock.TapTempo;
import tapkit.clock.TempoFollower;
import tapkit.clock.TransportFollower;
import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.control.Knob;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Voice;
import tapkit.model.Fills;
import tapkit.port.MidiMessage;
import tapkit.port.MidiOutput;
import tapkit.port.RealTime;
import tapkit.tap.RetriggerMask;
import tapkit.tap.VelocitySense;
import tapkit.telemetry.Lateness;
import tapkit.telemetry.PlayedEvent;
import tapkit.telemetry.SnapshotCell;

/**
 * The engine's thread: takes what comes in, keeps the phrase that is played, and hands its hits over in time. Single-threaded and
 * without a clock of its own: the same inputs at the same times give the same drums. Everything that it takes comes through
 * {@link #onInput} and {@link #take}, and the only other thing that it knows is the time of its turn. A turn first plays up to that
 * time, so that turns in which nothing comes in make no difference: a journal of the inputs and the answers, each with the time of
 * its turn, is enough to play the same again.
 *
 * <p>Which taps a bar plays is the {@link Stage}'s to say. A tap belongs to its nearest step, so that a bar closes half a step before
 * its bar line; from there on its answer may sound. Each tap asks the model at once, so that at the close the answer is there; and
 * each bar is asked for one bar ahead, to be another reading of what is repeated.
 */
final class Conductor implements Agent {
    /** Hits are handed over at least this long before they sound, for the page and for a thread that gets its turn late. */
    static final long LEAD_NANOS = 60_000_000;
    /** The same while taps sound at once: a hit that was handed over already is not the hand's any more. */
    static final long DIRECT_LEAD_NANOS = 25_000_000;
    /** How far past its hand-over an answer's first hit may be for the answer to be still in time. */
    private static final long TOLERANCE_NANOS = 2_000_000;
    /** Further ahead than this no message can be: a period's length and a port's sync offset. */
    private static final long MOST_AHEAD_NANOS = 300_000_000;
    private static final int COUNT_IN = 4;
    /** A tempo that an external clock drifts to is told of from this difference on, and once a beat at most. */
    private static final double TEMPO_STEP_BPM = 0.1;
    private static final long NONE = Long.MIN_VALUE;
    private static final int MOST_SEEDS = 1_000_000;
    /** Velocity of a tap that is neither soft nor loud. */
    private static final float EVEN = 0.6f;

    private final ClockSender clockSender;
    private final Inference inference;
    private final Feeds feeds;
    private final SnapshotCell cell;
    private final ControlBoard board;
    private final InputRing inputs = new InputRing(this::onInput);

    private final BeatClock clock;
    /** The clock again, if it is of that kind; else null. */
    private final InternalClock ownClock;
    private final MidiClockFollower follower;
    private final TransportFollower transport;
    private final boolean countsIn;
    private final TapTempo tapTempo = new TapTempo();
    private final TempoFollower tempoFollower = new TempoFollower();
    private boolean running;
    private int epoch;
    private double toldBpm;
    private double toldBeat;

    private final RetriggerMask mask = new RetriggerMask(MidiMessage.MOST_INPUTS);
    private final VelocitySense velocitySense = new VelocitySense();
    /** The last tap before the clock ran; velocity 0: none. */
    private long earlyTapNanos;
    private int earlyTapVelocity;

    private final Stage stage;
    private final Arrangement arrangement;
    private final DirectPath path;
    private final DirectDrums direct = new DirectDrums();
    /** The step for which a tap was asked ahead last. */
    private long askedTapStep = NONE;
    private final Question question = new Question();
    private final Answer answer = new Answer();
    /** The newest answer for the bar after the one that is played. */
    private final Answer ready = new Answer();
    private long asked;
    /** Fills that were called for; each is another one. */
    private long fills;
    /** The last question about each bar, and the generation that it was of. */
    private final long[] lastAsked = new long[4];
    private final long[] askedBars = {NONE, NONE, NONE, NONE};
    private final int[] askedGenerations = new int[4];
    private int generation;
    private long seed;

    private final Groove phrase = new Groove();
    private boolean hasPhrase;
    /** A bar in which the first half of the phrase plays. */
    private long phraseBar;
    private final Groove arranged = new Groove();
    private final StruckCells struck = new StruckCells();
    private final BarPlan plan = new BarPlan(struck);
    private long planBar = NONE;
    private final Kit kit;

    private long nowNanos;
    private long taps;
    private long answered;
    private long answeredBar = NONE;
    private long skipped;
    private long lost;
    private double inferenceMicros;

    /** @param clockOut where MIDI clock goes; null: nowhere */
    Conductor(EngineSettings settings, Inference inference, Fills memory, List<MidiOutput> drums, DirectPath path,
            MidiOutput clockOut, Feeds feeds, SnapshotCell cell, ControlBoard board, Lateness lateness) {
        this.inference = inference;
        this.clockSender = clockOut == null ? null : new ClockSender(clockOut);
        this.feeds = feeds;
        this.cell = cell;
        this.board = board;
        this.path = path;
        path.on(board.isOn(Control.DIRECT));
        seed = settings.seed();
        countsIn = settings.clock() == EngineSettings.ClockSource.TAP;
        follower = settings.clock() == EngineSettings.ClockSource.MIDI ? new MidiClockFollower(settings.bpm()) : null;
        transport = settings.clock() == EngineSettings.ClockSource.JACK ? new TransportFollower(settings.bpm()) : null;
        ownClock = follower == null && transport == null
                ? new InternalClock(countsIn ? "tap" : "internal", settings.bpm())
                : null;
        clock = follower != null ? follower : transport != null ? transport : ownClock;
        ready.bar = NONE;
        stage = new Stage(board, seed);
        arrangement = new Arrangement(memory);
        kit = new Kit(drums, clock, board, feeds, lateness);
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
        nowNanos = now;
        advance();
        int work = inputs.poll();
        clock.advance(now);
        followClock();
        while (inference.poll(answer)) {
            take(answer);
            work++;
        }
        advance();
        if (running) {
            tellTempo();
        }
        if (clockSender != null) {
            clockSender.run(now, clock);
        }
        publish();
        return work;
    }

    private void advance() {
        if (running) {
            play();
            askTapAhead();
        }
        kit.run(nowNanos, leadNanos());
    }

    private long leadNanos() {
        return Math.max(stage.mode().loops() && stage.sounds() ? DIRECT_LEAD_NANOS : LEAD_NANOS, kit.portLeadNanos());
    }

    @Override
    public void onClose() {
        silence();
        if (clockSender != null) {
            clockSender.close(nowNanos);
        }
    }

    // --- what comes in

    private void onInput(InputEvent event) {
        // A server tells of a period's messages when the period begins: their times lie ahead, and are kept.
        long at = Math.min(event.atNanos, nowNanos + MOST_AHEAD_NANOS);
        switch (event.kind) {
            case PAD -> pad(event.message, event.direct, at);
            case CLOCK -> clock(event.message, at);
            case TRANSPORT -> {
                if (transport != null) {
                    transport.at(event.rolling, event.beat, event.seconds, event.value, event.atNanos);
                }
            }
            case CONTROL -> control(event, at);
        }
        followClock();
    }

    /** @param drum that has sounded for it already, or 0 */
    private void pad(int message, int drum, long at) {
        int note = MidiMessage.data1(message);
        int velocity = MidiMessage.data2(message);
        if (drum != 0) {
            kit.struck(MidiMessage.data1(drum), MidiMessage.data2(drum), at);
        }
        if (!MidiMessage.isNoteOn(message) || !mask.accepts(MidiMessage.input(message), note, at)) {
            return;
        }
        taps++;
        velocitySense.tap(velocity);
        if (!clock.running() && ownClock != null) {
            if (countsIn) {
                countIn(at);
            } else {
                ownClock.start(at);
            }
            followClock();
        }
        double beat = clock.running() ? clock.beatAt(at) : Double.NaN;
        feeds.publish(PlayedEvent.Kind.TAP, note, -1, velocity, at, beat, clock.bpm());
        if (clock.running()) {
            place(at, velocity, drum);
            follow(at);
        } else {
            earlyTapNanos = at;
            earlyTapVelocity = velocity;
        }
    }

    /**
     * Puts a tap on the grid, has it sound if it is to, and asks for what answers it.
     *
     * @param drum that has sounded for it already, or 0
     */
    private void place(long at, int velocity, int drum) {
        double position = clock.beatAt(at) * Grid.STEPS_PER_BEAT;
        long bar = barOf(position);
        if (bar < 0) {
            return;
        }
        if (planBar == NONE) {
            play();
        }
        long step = Grid.step(position);
        int inBar = (int) Math.floorMod(step, (long) Grid.STEPS_PER_BAR);
        if (stage.sounds() && bar >= planBar - 1) {
            sound(step, velocity / 127f, drum);
        }
        boolean empty = stage.isEmpty();
        if (!stage.tap(bar, inBar, (float) Grid.offset(position), velocity / 127f)) {
            return;
        }
        if (stage.mode().loops()) {
            if (empty) {
                generation++; // answers about nothing
            }
            ask(planBar, true);
            ask(planBar + 1, true);
        } else {
            for (long next = Math.max(bar + 1, planBar); next <= bar + 2; next++) {
                if (next == bar + 1 || bar < planBar || stage.hasTaps(next - 1)) {
                    ask(next, true);
                }
            }
        }
        if (stage.sounds()) {
            askTap(step + 1);
        }
    }

    /** The tempo goes with the hands, if it is to. */
    private void follow(long at) {
        if (ownClock != null && board.get(Control.FOLLOW) > 0) {
            tempoFollower.tap(ownClock, at, board.get(Control.FOLLOW) / 100, board.get(Control.FOLLOW_LIMIT) / 100,
                    board.get(Control.BPM));
        }
    }

    /** A tap is heard at once, as the drums that it is; what of them has sounded or is on its way there is left out. */
    private void sound(long step, float velocity, int drum) {
        choose(step, velocity);
        boolean again = struck.isStruck(step);
        int played = drum == 0 ? -1 : Voice.ofNote(MidiMessage.data1(drum));
        int voices = played < 0 ? 0 : 1 << played;
        for (int voice = 0; voice < Grid.VOICES && drum == 0; voice++) {
            boolean wanted = again ? voice == direct.main() : direct.velocity(voice) > 0 && !struck.isPlanned(step, voice);
            if (wanted) {
                kit.strike(voice, direct.velocity(voice), nowNanos);
                voices |= 1 << voice;
            }
        }
        struck.strike(step, stage.mode() == Stage.Mode.TOGETHER ? StruckCells.ALL : voices);
        if (planBar != NONE) {
            fill();
        }
    }

    private void choose(long step, float velocity) {
        int inPhrase = (int) Math.floorMod(step - phraseBar * Grid.STEPS_PER_BAR, (long) Grid.STEPS);
        direct.choose(step, velocity, velocitySense.known(), hasPhrase ? phrase : null, Grid.cell(inPhrase, 0));
    }

    private void clock(int message, long at) {
        if (follower == null) {
            return;
        }
        switch (MidiMessage.status(message)) {
            case MidiMessage.CLOCK -> follower.tick(at);
            case MidiMessage.START -> follower.start();
            case MidiMessage.CONTINUE -> follower.resume();
            case MidiMessage.STOP -> follower.stop();
            case MidiMessage.SONG_POSITION ->
                follower.songPosition(MidiMessage.data1(message) | MidiMessage.data2(message) << 7);
            default -> {
                // nothing of a clock's
            }
        }
    }

    private void control(InputEvent event, long at) {
        Control control = event.control;
        int knob = Knob.index(control, event.voice);
        double value = control.kind() == Control.Kind.TRIGGER ? 1 : control.changed(board.get(knob), event.change, event.value);
        turn(knob, value, at);
        switch (control) {
            case BPM -> setTempo(value, at);
            case TAP_TEMPO -> pressTempo(at);
            case START -> start(at);
            case STOP -> stop();
            case START_STOP -> {
                if (clock.running()) {
                    stop();
                } else {
                    start(at);
                }
            }
            case PANIC -> {
                silence();
                forget();
            }
            case CLEAR -> forget();
            case FOLLOW -> {
                if (value == 0) {
                    setTempo(board.get(Control.BPM), at);
                }
            }
            case DIRECT -> path.on(value != 0);
            case MICROTIMING -> {
                if (planBar != NONE) {
                    refill();
                }
            }
            case TEMPERATURE, DENSITY, THRESHOLD, MAXIMUM, VARIATION, MODEL, MODE, PART, PHRASE, TIME -> askAgain();
            case SEED -> reseed((long) value);
            case REROLL -> {
                long next = Math.floorMod(Seeds.mix(seed, 0), (long) MOST_SEEDS);
                turn(Knob.index(Control.SEED, Knob.NO_VOICE), (double) next, at);
                reseed(next);
            }
            case RECORD -> record(at);
            case UNDO -> undo(true);
            case REDO -> undo(false);
            case FILL -> {
                if (planBar != NONE) {
                    arrangement.fill(planBar, openPosition(), clock.bpm(), Seeds.mix(seed, ++fills));
                    refill();
                }
            }
            case BREAK -> {
                if (planBar != NONE) {
                    arrangement.pause(planBar);
                }
            }
            case ENDING -> {
                if (planBar != NONE) {
                    arrangement.end(planBar, clock.bpm(), Seeds.mix(seed, ++fills));
                }
            }
            case STORE_A -> stage.store(0, question);
            case STORE_B -> stage.store(1, question);
            case MORPH -> morph(value / 100, at);
            default -> {
                // its value is read where it is needed, or it is somebody else's
            }
        }
    }

    private void reseed(long newSeed) {
        seed = newSeed;
        stage.seed(newSeed);
        askAgain();
    }

    /** The recorded loop begins with the next bar; where nothing runs yet, after a count-in. */
    private void record(long at) {
        if (stage.mode() != Stage.Mode.LOOP) {
            turn(Knob.index(Control.MODE, Knob.NO_VOICE), Stage.Mode.LOOP.ordinal(), at);
        }
        if (!clock.running() && ownClock != null) {
            startCounted(at, (int) board.get(Control.COUNT_IN));
            followClock();
        }
        stage.record();
        askAgain();
    }

    /** Starts some bars from now, each beat of which clicks. */
    private void startCounted(long at, int bars) {
        int beats = bars * Grid.STEPS_PER_BAR / Grid.STEPS_PER_BEAT;
        ownClock.start(at + Math.round(beats * 60e9 / clock.bpm()));
        followClock();
        for (int beat = -beats; beat < 0; beat++) {
            kit.click(Math.floorMod(beat, 4) == 0, Math.max(nowNanos, clock.nanosAt(beat)));
        }
    }

    private void undo(boolean back) {
        if (stage.undo(back)) {
            changed();
        }
    }

    private void morph(double share, long at) {
        Snapshots snapshots = stage.morph();
        if (snapshots == null) {
            return;
        }
        for (int knob = 0; knob < Knob.ALL.size(); knob++) {
            double value = snapshots.between(knob, share);
            if (Snapshots.holds(Knob.ALL.get(knob)) && value != board.get(knob)) {
                turn(knob, value, at);
            }
        }
        askAgain();
    }

    /** What is played is another from the next bar line on, or, if nothing is left to play, at once. */
    private void changed() {
        generation++;
        ready.bar = NONE;
        direct.clear();
        if (planBar != NONE) {
            if (stage.mode().loops()) {
                ask(planBar, false);
            }
            if (stage.isEmpty()) {
                hasPhrase = false;
                refill();
            }
            askAgain();
        }
    }

    /** A knob stands at a value from now on. */
    private void turn(int knob, double value, long at) {
        board.set(knob, value);
        feeds.publishControl(knob, value, at, clock.running() ? clock.beatAt(at) : Double.NaN, clock.bpm());
    }

    private void setTempo(double bpm, long at) {
        if (ownClock != null) {
            ownClock.tempo(bpm, at);
            tempoFollower.clear();
        }
    }

    private void tapTempo(double bpm, long at) {
        setTempo(bpm, at);
        turn(Knob.index(Control.BPM, Knob.NO_VOICE), bpm, at);
    }

    private void pressTempo(long at) {
        if (countsIn && !clock.running()) {
            countIn(at);
            return;
        }
        tapTempo.press(at);
        if (tapTempo.bpm() > 0) {
            tapTempo(tapTempo.bpm(), at);
        }
    }

    private void countIn(long at) {
        tapTempo.press(at);
        if (tapTempo.bpm() > 0) {
            tapTempo(tapTempo.bpm(), at);
        }
        if (tapTempo.count() >= COUNT_IN) {
            ownClock.start(tapTempo.nextNanos());
            tapTempo.clear();
        }
    }

    private void start(long at) {
        if (ownClock != null) {
            ownClock.start(at);
        }
    }

    private void stop() {
        if (ownClock == null) { // the sender of the clock starts and stops it; this ends what plays
            silence();
            forget();
        } else {
            ownClock.stop();
            tapTempo.clear();
        }
    }

    private void askAgain() {
        if (planBar != NONE) {
            ask(planBar + 1, false);
        }
    }

    // --- the clock's run

    private void followClock() {
        if (clock.running() == running && clock.epoch() == epoch) {
            return;
        }
        if (running) {
            silence();
        }
        running = clock.running();
        planBar = NONE;
        if (clock.epoch() != epoch) {
            epoch = clock.epoch();
            jump();
        }
        if (running) {
            toldBpm = Double.NaN;
            placeEarlyTap();
        }
    }

    /** A hand that is a little before an external clock's first beat meant that beat. */
    private void placeEarlyTap() {
        if (earlyTapVelocity > 0 && nowNanos - earlyTapNanos <= Grid.stepNanos(clock.bpm()) / 2) {
            place(earlyTapNanos, earlyTapVelocity, 0);
        }
        earlyTapVelocity = 0;
    }

    /** Bar 0 begins anew, but for a loop; elsewhere the phrase stays and starts over. */
    private void jump() {
        answeredBar = NONE;
        struck.clear();
        direct.clear();
        askedTapStep = NONE;
        arrangement.clear();
        ready.bar = NONE;
        generation++;
        long bar = barOf(clock.beatAt(nowNanos) * Grid.STEPS_PER_BEAT);
        stage.jump(bar);
        phraseBar = Math.max(0, bar);
        hasPhrase &= bar > 0;
    }

    private void forget() {
        stage.clear();
        arrangement.clear();
        plan.drop();
        hasPhrase = false;
        ready.bar = NONE;
        generation++;
        direct.clear();
    }

    private void silence() {
        plan.drop();
        kit.silence(nowNanos);
    }

    private void tellTempo() {
        double bpm = clock.bpm();
        double beat = clock.beatAt(nowNanos);
        boolean first = Double.isNaN(toldBpm);
        if (first || (Math.abs(bpm - toldBpm) >= TEMPO_STEP_BPM && (ownClock != null || beat >= toldBeat + 1))) {
            toldBpm = bpm;
            toldBeat = beat;
            feeds.publish(PlayedEvent.Kind.TEMPO, 0, -1, 0, nowNanos, beat, bpm);
        }
    }

    // --- questions and answers

    /** @param fresh whether there are new taps in it */
    private void ask(long bar, boolean fresh) {
        if (!stage.ask(bar, question)) {
            return;
        }
        question.fresh = fresh;
        if (send()) {
            int slot = (int) (bar & 3);
            lastAsked[slot] = asked;
            askedBars[slot] = bar;
            askedGenerations[slot] = generation;
        }
    }

    /** Asks what a tap at a step would be. */
    private void askTap(long step) {
        if (step >= 0) {
            stage.askTap(step, question);
            question.fresh = false;
            send();
        }
    }

    private boolean send() {
        question.serial = ++asked;
        question.generation = generation;
        question.model = (int) board.get(Control.MODEL);
        question.shape.read(board);
        question.window.velocityKnown = velocitySense.known();
        question.window.bpm = (float) clock.bpm();
        question.other.velocityKnown = question.window.velocityKnown;
        question.other.bpm = question.window.bpm;
        boolean taken = inference.ask(question);
        if (!taken) {
            lost++;
        }
        return taken;
    }

    private boolean isAsked(long bar) {
        int slot = (int) (bar & 3);
        return askedBars[slot] == bar && askedGenerations[slot] == generation;
    }

    /** While taps sound at once: what a tap will be is asked a step ahead. */
    private void askTapAhead() {
        boolean chooses = path.isOn() && stage.mode().loops();
        if (stage.sounds() && (stage.mode().loops() || !path.isOn())) {
            long step = Grid.step(clock.beatAt(nowNanos) * Grid.STEPS_PER_BEAT);
            if (step != askedTapStep) {
                if (step != askedTapStep + 1) {
                    askTap(step);
                }
                askedTapStep = step;
                askTap(step + 1);
            }
            if (chooses) { // the thread that brings a tap strikes what the hand means, or what is on its way already is the tap's
                choose(step, EVEN);
                boolean onItsWay = struck.isPlanned(step, direct.main()) && !struck.isStruck(step);
                path.next(onItsWay ? DirectPath.NOTHING : Voice.of(direct.main()).note());
            }
        }
        if (!chooses) {
            path.next(DirectPath.OWN);
        }
    }

    private void take(Answer given) {
        inferenceMicros = given.micros;
        if (given.generation != generation) {
            return;
        }
        if (given.step != Question.NO_STEP) {
            direct.take(given);
        } else if (planBar == NONE || given.bar == planBar + 1) {
            ready.copyFrom(given);
        } else if (given.bar == planBar && (stage.mode().loops() || isInTime(given))) {
            adopt(given);
            refill();
        } else if (given.fresh && given.bar <= planBar && given.serial == lastAsked[(int) (given.bar & 3)]) {
            skipped++;
        }
    }

    private boolean isInTime(Answer given) {
        double first = plan.firstOf(given.groove, given.half, microtiming());
        return Double.isNaN(first) || nowNanos <= hitNanos(first) - kit.portLeadNanos() + TOLERANCE_NANOS;
    }

    private void adopt(Answer given) {
        phrase.copyFrom(given.groove);
        phraseBar = given.bar - given.half;
        hasPhrase = true;
        if (given.fresh && answeredBar != given.bar) {
            answeredBar = given.bar;
            answered++;
        }
    }

    // --- playing

    private void play() {
        double horizon = clock.beatAt(nowNanos + leadNanos()) * Grid.STEPS_PER_BEAT;
        long bar = barOf(horizon);
        if (planBar == NONE) {
            enter(bar);
            plan.skipTo(openPosition());
        } else if (bar > planBar) {
            schedulePlan(Grid.STEPS_PER_BAR);
            enter(bar);
            horizon = clock.beatAt(nowNanos + leadNanos()) * Grid.STEPS_PER_BEAT; // the mode may be another now
        }
        schedulePlan(horizon - planBar * Grid.STEPS_PER_BAR);
        if (planBar >= arrangement.endBar() && clock.beatAt(nowNanos) * Grid.STEPS_PER_BEAT >= arrangement.endBar()
                * Grid.STEPS_PER_BAR + Grid.STEPS_PER_BEAT) {
            end();
        }
    }

    /** The ending is over: a clock of our own stops, and where another one runs on nothing is played. */
    private void end() {
        if (ownClock == null) {
            forget();
        } else {
            arrangement.clear();
            stop();
            followClock();
        }
    }

    private void enter(long bar) {
        planBar = bar;
        plan.begin(bar);
        if (stage.enter(bar)) {
            askedTapStep = NONE;
            direct.clear();
        }
        if (!stage.ask(bar, question)) {
            hasPhrase = false;
        } else if (ready.bar == bar && ready.generation == generation) {
            adopt(ready);
        } else if (!isAsked(bar)) {
            ask(bar, false);
        }
        fill();
        if (!isAsked(bar + 1)) {
            ask(bar + 1, false);
        }
    }

    /** Puts what is to be played of this bar into the plan. */
    private void fill() {
        boolean changes = arrangement.changes(planBar);
        int half = (int) Math.floorMod(planBar - phraseBar, 2L);
        if (!changes) {
            if (hasPhrase) {
                plan.fill(phrase, half, microtiming());
            } else {
                plan.drop();
            }
            return;
        }
        arranged.clear();
        if (hasPhrase) {
            arranged.copyBar(phrase, half);
        }
        arrangement.apply(planBar, arranged);
        plan.fill(arranged, 0, microtiming());
    }

    /** The same while the bar is played: what is new in it and lies behind is left out. */
    private void refill() {
        fill();
        plan.skipTo(openPosition());
    }

    /** The position of now, in steps of the bar that is planned. */
    private double openPosition() {
        return clock.beatAt(nowNanos) * Grid.STEPS_PER_BEAT - planBar * Grid.STEPS_PER_BAR;
    }

    private double microtiming() {
        return board.get(Control.MICROTIMING) / 100;
    }

    /** Schedules the hits of the plan up to a position in steps of its bar. */
    private void schedulePlan(double position) {
        while (plan.hasNext() && plan.position() <= position) {
            kit.strike(plan.voice(), plan.velocity(), hitNanos(plan.position()));
            plan.take();
        }
    }

    private long hitNanos(double position) {
        return clock.nanosAt((planBar * Grid.STEPS_PER_BAR + position) / Grid.STEPS_PER_BEAT);
    }

    private void publish() {
        cell.begin();
        cell.running = running;
        cell.locked = clock.locked();
        cell.bpm = clock.bpm();
        cell.atNanos = nowNanos;
        cell.beat = clock.beatAt(nowNanos);
        cell.taps = taps;
        cell.hits = kit.hits();
        cell.answered = answered;
        cell.skipped = skipped;
        cell.lateHits = kit.late();
        cell.lostEvents = inputs.lost() + lost + kit.refused() + (clockSender == null ? 0 : clockSender.refused());
        cell.inferenceMicros = inferenceMicros;
        cell.temperature = board.get(Control.TEMPERATURE);
        cell.recording = stage.state();
        cell.end();
    }

    /** The bar that owns a position in steps: [−½, 15½) of its steps. */
    private static long barOf(double position) {
        return Math.floorDiv(Grid.step(position), (long) Grid.STEPS_PER_BAR);
    }
}
