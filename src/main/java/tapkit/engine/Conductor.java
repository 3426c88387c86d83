package tapkit.engine;

import java.util.List;
import tapkit.clock.BeatClock;
import tapkit.clock.InternalClock;
import tapkit.clock.MidiClockFollower;
import tapkit.clock.TapTempo;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Voice;
import tapkit.port.MidiMessage;
import tapkit.port.MidiOutput;
import tapkit.port.RealTime;
import tapkit.schedule.Schedule;
import tapkit.tap.RetriggerMask;
import tapkit.tap.VelocitySense;
import tapkit.telemetry.Lateness;
import tapkit.telemetry.PlayedEvent;
import tapkit.telemetry.SnapshotCell;

/**
 * The engine's thread: takes what comes in, keeps the phrase that is played, and hands its hits over in time. Single-threaded and
 * without a clock of its own: the same inputs at the same times give the same drums.
 *
 * <p>Bar b plays the answer to the taps of bars b − 2 and b − 1, first half first. A tap belongs to its nearest step, so that a bar
 * closes half a step before its bar line; from there on its answer may sound. Each tap asks the model at once, so that at the close
 * the answer is there. Without new taps in bar b − 1 the phrase goes on, two bars on two bars.
 */
final class Conductor implements Agent, Schedule.Sink {
    /** Hits are handed over at least this long before they sound, for the page and for a thread that gets its turn late. */
    static final long LEAD_NANOS = 60_000_000;
    /** How far past its hand-over an answer's first hit may be for the answer to be still in time. */
    private static final long TOLERANCE_NANOS = 2_000_000;
    private static final long NOTE_NANOS = 60_000_000;
    private static final long LATE_LIMIT_NANOS = 30_000_000;
    private static final int MOST_NOTES = 1024;
    private static final int COUNT_IN = 4;
    /** A tempo that an external clock drifts to is told of from this difference on, and once a beat at most. */
    private static final double TEMPO_STEP_BPM = 0.1;
    private static final long NONE = Long.MIN_VALUE;

    private final MidiOutput[] drums;
    private final ClockSender clockSender;
    private final Inference inference;
    private final Feeds feeds;
    private final SnapshotCell cell;
    private final Lateness lateness;
    private final long seed;
    private final InputRing inputs = new InputRing(this::onInput);

    private final BeatClock clock;
    /** The clock again, if it is of that kind; else null. */
    private final InternalClock ownClock;
    private final MidiClockFollower follower;
    private final boolean countsIn;
    private final TapTempo tapTempo = new TapTempo();
    private boolean running;
    private int epoch;
    private double toldBpm;
    private double toldBeat;

    private final RetriggerMask mask = new RetriggerMask(MidiMessage.MOST_INPUTS);
    private final VelocitySense velocitySense = new VelocitySense();
    /** The last tap before the clock ran; velocity 0: none. */
    private long earlyTapNanos;
    private int earlyTapVelocity;
    private final TapLog log = new TapLog();
    private double temperature;

    private final Question question = new Question();
    private final Answer answer = new Answer();
    /** The newest answer for the bar after the one that is played. */
    private final Answer ready = new Answer();
    private long asked;
    private final long[] lastAsked = new long[4];
    private int generation;

    private final Groove phrase = new Groove();
    private boolean hasPhrase;
    private long phraseBar;
    private final BarPlan plan = new BarPlan();
    private long planBar = NONE;
    private final Schedule schedule = new Schedule(MOST_NOTES, NOTE_NANOS, LATE_LIMIT_NANOS);
    private final long portLeadNanos;
    private final long leadNanos;

    private long nowNanos;
    private long taps;
    private long hits;
    private long answered;
    private long answeredBar = NONE;
    private long skipped;
    private long lost;
    private double inferenceMicros;

    /** @param clockOut where MIDI clock goes; null: nowhere */
    Conductor(EngineSettings settings, Inference inference, List<MidiOutput> drums, MidiOutput clockOut, Feeds feeds,
            SnapshotCell cell, Lateness lateness) {
        this.inference = inference;
        this.drums = drums.toArray(MidiOutput[]::new);
        this.clockSender = clockOut == null ? null : new ClockSender(clockOut);
        this.feeds = feeds;
        this.cell = cell;
        this.lateness = lateness;
        seed = settings.seed();
        temperature = settings.temperature();
        countsIn = settings.clock() == EngineSettings.ClockSource.TAP;
        follower = settings.clock() == EngineSettings.ClockSource.MIDI ? new MidiClockFollower(settings.bpm()) : null;
        ownClock = follower == null ? new InternalClock(countsIn ? "tap" : "internal", settings.bpm()) : null;
        clock = follower == null ? ownClock : follower;
        ready.bar = NONE;
        portLeadNanos = drums.stream().mapToLong(MidiOutput::leadNanos).max().orElse(0);
        leadNanos = Math.max(LEAD_NANOS, portLeadNanos);
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
        int work = inputs.poll();
        clock.advance(now);
        followClock();
        while (inference.poll(answer)) {
            take(answer);
            work++;
        }
        if (running) {
            play();
            tellTempo();
        }
        schedule.run(now, leadNanos, this);
        if (clockSender != null) {
            clockSender.run(now, clock);
        }
        publish();
        return work;
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
        long at = Math.min(event.atNanos, nowNanos);
        switch (event.kind) {
            case PAD -> pad(event.message, event.direct, at);
            case CLOCK -> clock(event.message, at);
            case CONTROL -> control(event, at);
        }
        followClock();
    }

    /** @param direct the drum that has sounded for it already, or 0 */
    private void pad(int message, int direct, long at) {
        int note = MidiMessage.data1(message);
        int velocity = MidiMessage.data2(message);
        if (direct != 0) {
            struck(MidiMessage.data1(direct), MidiMessage.data2(direct), at);
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
            place(at, velocity);
        } else {
            earlyTapNanos = at;
            earlyTapVelocity = velocity;
        }
    }

    /** A drum has left past the schedule: its end is to follow, and everyone is to know of it. */
    private void struck(int drum, int velocity, long at) {
        hits++;
        schedule.struck(drum, at);
        double beat = clock.running() ? clock.beatAt(at) : Double.NaN;
        feeds.publish(PlayedEvent.Kind.DRUM, drum, Voice.ofNote(drum), velocity, at, beat, clock.bpm());
    }

    /** Puts a tap on the grid and asks for what answers it. */
    private void place(long at, int velocity) {
        double position = clock.beatAt(at) * Grid.STEPS_PER_BEAT;
        long bar = barOf(position);
        if (bar < 0) {
            return;
        }
        int step = (int) Math.floorMod(Grid.step(position), (long) Grid.STEPS_PER_BAR);
        log.add(bar, step, (float) Grid.offset(position), velocity / 127f);
        for (long next = Math.max(bar + 1, planBar); next <= bar + 2; next++) {
            if (log.hasTaps(next - 1)) {
                ask(next);
            }
        }
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
        switch (event.control) {
            case BPM -> setTempo(event.value, at);
            case TAP_TEMPO -> pressTempo(at);
            case START -> start(at);
            case STOP -> stop();
            case PANIC -> {
                silence();
                forget();
            }
            case CLEAR -> forget();
            case TEMPERATURE -> setTemperature(event.value);
        }
    }

    private void setTempo(double bpm, long at) {
        if (ownClock != null) {
            ownClock.tempo(bpm, at);
        }
    }

    private void pressTempo(long at) {
        if (countsIn && !clock.running()) {
            countIn(at);
            return;
        }
        tapTempo.press(at);
        if (tapTempo.bpm() > 0) {
            setTempo(tapTempo.bpm(), at);
        }
    }

    private void countIn(long at) {
        tapTempo.press(at);
        if (tapTempo.bpm() > 0) {
            setTempo(tapTempo.bpm(), at);
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

    private void setTemperature(double value) {
        temperature = Math.clamp(value, 0, 2);
        if (planBar != NONE && log.hasTaps(planBar)) {
            ask(planBar + 1);
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
            place(earlyTapNanos, earlyTapVelocity);
        }
        earlyTapVelocity = 0;
    }

    /** Bar 0 begins anew; elsewhere the phrase stays and starts over. */
    private void jump() {
        answeredBar = NONE;
        long bar = barOf(clock.beatAt(nowNanos) * Grid.STEPS_PER_BEAT);
        if (bar <= 0) {
            forget();
        } else {
            log.clear();
            ready.bar = NONE;
            generation++;
            phraseBar = bar;
        }
    }

    private void forget() {
        log.clear();
        plan.drop();
        hasPhrase = false;
        ready.bar = NONE;
        generation++;
    }

    private void silence() {
        schedule.clear();
        plan.drop();
        for (MidiOutput output : drums) {
            output.silence();
        }
        double beat = clock.running() ? clock.beatAt(nowNanos) : Double.NaN;
        feeds.publish(PlayedEvent.Kind.SILENCE, 0, -1, 0, nowNanos, beat, clock.bpm());
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

    private void ask(long bar) {
        question.bar = bar;
        question.serial = ++asked;
        question.generation = generation;
        question.temperature = temperature;
        question.seed = mix(seed, bar);
        log.window(bar, question.window);
        question.window.velocityKnown = velocitySense.known();
        question.window.bpm = (float) clock.bpm();
        if (inference.ask(question)) {
            lastAsked[(int) (bar & 3)] = asked;
        } else {
            lost++;
        }
    }

    private void take(Answer given) {
        inferenceMicros = given.micros;
        if (given.generation != generation) {
            return;
        }
        if (planBar == NONE || given.bar == planBar + 1) {
            ready.copyFrom(given);
        } else if (given.bar == planBar && isInTime(given)) {
            adopt(given);
            fill();
        } else if (given.bar <= planBar && given.serial == lastAsked[(int) (given.bar & 3)]) {
            skipped++;
        }
    }

    private boolean isInTime(Answer given) {
        double first = plan.firstOf(given.groove, 0);
        return Double.isNaN(first) || nowNanos <= hitNanos(first) - portLeadNanos + TOLERANCE_NANOS;
    }

    private void adopt(Answer given) {
        phrase.copyFrom(given.groove);
        phraseBar = given.bar;
        hasPhrase = true;
        if (answeredBar != given.bar) {
            answeredBar = given.bar;
            answered++;
        }
    }

    // --- playing

    private void play() {
        double horizon = clock.beatAt(nowNanos + leadNanos) * Grid.STEPS_PER_BEAT;
        long bar = barOf(horizon);
        if (planBar == NONE) {
            enter(bar);
            plan.skipTo(clock.beatAt(nowNanos) * Grid.STEPS_PER_BEAT - bar * Grid.STEPS_PER_BAR);
        } else if (bar > planBar) {
            schedulePlan(Grid.STEPS_PER_BAR);
            enter(bar);
        }
        schedulePlan(horizon - planBar * Grid.STEPS_PER_BAR);
    }

    private void enter(long bar) {
        planBar = bar;
        plan.begin();
        if (ready.bar == bar && ready.generation == generation) {
            adopt(ready);
        }
        fill();
    }

    private void fill() {
        if (hasPhrase) {
            plan.fill(phrase, (int) ((planBar - phraseBar) & 1));
        }
    }

    /** Schedules the hits of the plan up to a position in steps of its bar. */
    private void schedulePlan(double position) {
        while (plan.hasNext() && plan.position() <= position) {
            schedule.add(Voice.of(plan.voice()).note(), plan.velocity(), hitNanos(plan.position()));
            plan.take();
        }
    }

    private long hitNanos(double position) {
        return clock.nanosAt((planBar * Grid.STEPS_PER_BAR + position) / Grid.STEPS_PER_BEAT);
    }

    @Override
    public boolean noteOn(int note, int velocity, long atNanos) {
        hits++;
        lateness.record(nowNanos - (atNanos - portLeadNanos));
        feeds.publish(PlayedEvent.Kind.DRUM, note, Voice.ofNote(note), velocity, atNanos, clock.beatAt(atNanos), clock.bpm());
        return send(MidiMessage.noteOn(MidiMessage.DRUM_CHANNEL, note, velocity), atNanos);
    }

    @Override
    public boolean noteOff(int note, long atNanos) {
        return send(MidiMessage.noteOff(MidiMessage.DRUM_CHANNEL, note), atNanos);
    }

    private boolean send(int message, long atNanos) {
        boolean taken = true;
        for (MidiOutput output : drums) {
            taken &= output.send(message, atNanos);
        }
        return taken;
    }

    private void publish() {
        cell.begin();
        cell.running = running;
        cell.locked = clock.locked();
        cell.bpm = clock.bpm();
        cell.atNanos = nowNanos;
        cell.beat = clock.beatAt(nowNanos);
        cell.taps = taps;
        cell.hits = hits;
        cell.answered = answered;
        cell.skipped = skipped;
        cell.lateHits = schedule.late() + schedule.dropped();
        cell.lostEvents = inputs.lost() + lost + schedule.refused() + (clockSender == null ? 0 : clockSender.refused());
        cell.inferenceMicros = inferenceMicros;
        cell.temperature = temperature;
        cell.end();
    }

    /** The bar that owns a position in steps: [−½, 15½) of its steps. */
    private static long barOf(double position) {
        return Math.floorDiv(Grid.step(position), (long) Grid.STEPS_PER_BAR);
    }

    /** SplitMix64: the seed of a bar. */
    private static long mix(long seed, long bar) {
        long z = seed + (bar + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
