package tapkit.clock;

/**
 * Follows MIDI clock: 24 ticks a quarter note, with Start, Stop, Continue and Song Position (MIDI 1.0). The first tick after Start
 * is beat 0; a Song Position counts sixteenths of six ticks, and the first tick after Continue is at it.
 *
 * <p>When ticks stay away the clock runs on at its last tempo (a flywheel), not locked, for {@link #FLYWHEEL_BEATS} beats, then it
 * stops. Ticks that come back carry on at the tick nearest to where the flywheel would be. Not thread safe.
 */
public final class MidiClockFollower extends TimelineClock {
    /** Beats for which the clock runs on without ticks. */
    public static final double FLYWHEEL_BEATS = 8;

    private static final int TICKS_PER_BEAT = 24;
    private static final int TICKS_PER_SIXTEENTH = 6;
    /** Ticks slower than 20 bpm are no clock: one that stays away for longer is a drop-out. */
    private static final long DROP_OUT_NANOS = Math.round(60e9 / 20 / TICKS_PER_BEAT * 2);

    private final TickFilter filter = new TickFilter();
    private boolean running;
    private boolean startPending;
    private boolean startsAnew;
    private boolean anew;
    private boolean lost = true;
    private boolean heard;
    private boolean stoppedByLoss;
    private long lastTickNanos;
    /** Number of the last tick, or, while a start is pending, of the one to come. */
    private long position;
    private int epoch;

    /** @param bpm the tempo until ticks tell it */
    public MidiClockFollower(double bpm) {
        super(new Timeline(bpm));
    }

    /** Start (FA). */
    public void start() {
        position = 0;
        resume();
        startsAnew = true;
    }

    /** Continue (FB). */
    public void resume() {
        startPending = true;
        startsAnew = false;
        stoppedByLoss = false;
    }

    /** Stop (FC). */
    public void stop() {
        if (running && !startPending) {
            position++;
        }
        running = false;
        startPending = false;
        stoppedByLoss = false;
    }

    /** Song Position (F2). While running it takes effect with the next tick; where that would be there anyway it changes nothing. */
    public void songPosition(int sixteenths) {
        long to = (long) sixteenths * TICKS_PER_SIXTEENTH;
        if (running && !startPending && to == position + 1) {
            return;
        }
        position = to;
        startsAnew = false;
        startPending |= running;
        stoppedByLoss = false; // whoever says so stands still, or is about to start
    }

    /** Clock (F8). One that comes again a moment later, over a second cable, is not counted. */
    public void tick(long atNanos) {
        if (!startPending && filter.isDouble(atNanos)) {
            return;
        }
        lost = !heard || isDropOut(atNanos); // by the times of ticks alone, whenever somebody looked meanwhile
        heard = true;
        stopIfAway(atNanos);
        if (startPending) {
            startPending = false;
            running = true;
            anew = startsAnew;
            epoch++;
            if (lost) {
                filter.reset();
            }
            filter.rephase(atNanos);
        } else if (lost && (running || stoppedByLoss)) {
            position = Math.round(timeline.beatAt(atNanos) * TICKS_PER_BEAT);
            running = true;
            stoppedByLoss = false;
            filter.rephase(atNanos);
        } else {
            if (lost) {
                filter.reset();
            }
            int missed = filter.tick(atNanos);
            position += running ? 1 + missed : 0;
        }
        lost = false;
        lastTickNanos = atNanos;
        double bpm = filter.locked() ? 60e9 / (filter.periodNanos() * TICKS_PER_BEAT) : timeline.bpm();
        timeline.set(filter.timeNanos(), (double) position / TICKS_PER_BEAT, bpm);
    }

    @Override
    public void advance(long nowNanos) {
        lost = lost || isDropOut(nowNanos);
        stopIfAway(nowNanos);
    }

    private boolean isDropOut(long nanos) {
        return nanos - lastTickNanos > DROP_OUT_NANOS;
    }

    private void stopIfAway(long nowNanos) {
        if (lost && running && timeline.beatAt(nowNanos) - timeline.beatAt(lastTickNanos) > FLYWHEEL_BEATS) {
            running = false;
            stoppedByLoss = true;
        }
    }

    @Override
    public String name() {
        return "midi";
    }

    @Override
    public boolean running() {
        return running;
    }

    @Override
    public boolean locked() {
        return !lost && filter.locked();
    }

    @Override
    public int epoch() {
        return epoch;
    }

    @Override
    public boolean anew() {
        return anew;
    }
}
