package tapkit.engine;

import tapkit.clock.BeatClock;
import tapkit.clock.InternalClock;
import tapkit.clock.MidiClockFollower;
import tapkit.clock.TapTempo;
import tapkit.clock.TempoFollower;
import tapkit.clock.TransportFollower;
import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.grid.Grid;
import tapkit.port.MidiMessage;
import tapkit.telemetry.PlayedEvent;

/**
 * What time it is: the time of the turn, the clock that leads, whoever that is, and the tempo from presses and hands. Not thread safe;
 * does not allocate.
 */
final class Timekeeper {
    /** So many taps count in. */
    private static final int COUNT_IN = 4;
    /** A tempo that an external clock drifts to is told of from this difference on, and once a beat at most. */
    private static final double TEMPO_STEP_BPM = 0.1;

    private final ControlBoard board;
    private final Feeds feeds;
    private final BeatClock clock;
    /** The clock again, if it is of that kind; else null. */
    private final InternalClock ownClock;
    private final MidiClockFollower follower;
    private final TransportFollower transport;
    private final boolean countsIn;
    private final TapTempo tapTempo = new TapTempo();
    private final TempoFollower tempoFollower = new TempoFollower();
    private double toldBpm = Double.NaN;
    private double toldBeat;
    private long nowNanos;

    Timekeeper(EngineSettings settings, ControlBoard board, Feeds feeds) {
        this.board = board;
        this.feeds = feeds;
        countsIn = settings.clock() == EngineSettings.ClockSource.TAP;
        follower = settings.clock() == EngineSettings.ClockSource.MIDI ? new MidiClockFollower(settings.bpm()) : null;
        transport = settings.clock() == EngineSettings.ClockSource.JACK ? new TransportFollower(settings.bpm()) : null;
        ownClock = follower == null && transport == null
                ? new InternalClock(countsIn ? "tap" : "internal", settings.bpm())
                : null;
        clock = follower != null ? follower : transport != null ? transport : ownClock;
    }

    BeatClock clock() {
        return clock;
    }

    /** Whether the clock is our own, to start, stop and bend. */
    boolean isOwn() {
        return ownClock != null;
    }

    /** Whether four taps start it. */
    boolean countsIn() {
        return countsIn;
    }

    /** A turn begins. */
    void turn(long now) {
        nowNanos = now;
    }

    /** The time of this turn. */
    long nowNanos() {
        return nowNanos;
    }

    /** The place of an instant in steps since bar 0. */
    double stepsAt(long nanos) {
        return clock.beatAt(nanos) * Grid.STEPS_PER_BEAT;
    }

    /** The instant of a place. */
    long nanosAt(double steps) {
        return clock.nanosAt(steps / Grid.STEPS_PER_BEAT);
    }

    /** The bar that owns a place in steps: [−½, 15½) of its steps. */
    static long barOf(double steps) {
        return Math.floorDiv(Grid.step(steps), (long) Grid.STEPS_PER_BAR);
    }

    /** The beat of an instant; NaN while nothing runs. */
    double beatOrNaN(long nanos) {
        return clock.running() ? clock.beatAt(nanos) : Double.NaN;
    }

    // --- what leads it

    /** A message of MIDI clock. */
    void midi(int message, long at) {
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

    /** Where a transport is. */
    void transport(InputEvent event) {
        if (transport != null) {
            transport.at(event.rolling, event.beat, event.seconds, event.value, event.atNanos);
        }
    }

    /** Starts a clock of our own from bar 0, now or later. */
    void start(long at) {
        if (ownClock != null) {
            ownClock.start(at);
        }
    }

    /** Stops a clock of our own. */
    void stop() {
        if (ownClock != null) {
            ownClock.stop();
            tapTempo.clear();
        }
    }

    // --- tempo

    void tempo(double bpm, long at) {
        if (ownClock != null) {
            ownClock.tempo(bpm, at);
            tempoFollower.clear();
        }
    }

    /** A beat of the tempo that is wanted; returns that tempo, or 0 while there are too few. */
    double press(long at) {
        tapTempo.press(at);
        return tapTempo.bpm();
    }

    /** Where taps count in: starts with the beat after the fourth. */
    void startIfCounted() {
        if (tapTempo.count() >= COUNT_IN) {
            ownClock.start(tapTempo.nextNanos());
            tapTempo.clear();
        }
    }

    /** The tempo goes with the hands, if it is to. */
    void follow(long at) {
        if (ownClock != null && board.get(Control.FOLLOW) > 0) {
            tempoFollower.tap(ownClock, at, board.get(Control.FOLLOW) / 100, board.get(Control.FOLLOW_LIMIT) / 100,
                    board.get(Control.BPM));
        }
    }

    /** The tempo is to be told again. */
    void forgetTold() {
        toldBpm = Double.NaN;
    }

    /** Tells the feeds of a tempo that is another. */
    void tellTempo() {
        double bpm = clock.bpm();
        double beat = clock.beatAt(nowNanos);
        boolean first = Double.isNaN(toldBpm);
        if (first || (Math.abs(bpm - toldBpm) >= TEMPO_STEP_BPM && (ownClock != null || beat >= toldBeat + 1))) {
            toldBpm = bpm;
            toldBeat = beat;
            feeds.publish(PlayedEvent.Kind.TEMPO, 0, -1, 0, nowNanos, beat, bpm);
        }
    }
}
