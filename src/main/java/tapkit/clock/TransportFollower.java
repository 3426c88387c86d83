package tapkit.clock;

/**
 * Follows a transport that says at every moment where it is, as JACK's does: nothing has to be estimated. It need not be told often:
 * between two words the clock runs on. When none comes any more (the server has gone) it runs on at its last tempo, not locked, for
 * {@link MidiClockFollower#FLYWHEEL_BEATS} beats, then it stops. Not thread safe.
 */
public final class TransportFollower extends TimelineClock {
    /** Closer than this to where it would be, the transport has gone on and not jumped: a server that misses a period stands still in it. */
    private static final double JUMP_BEATS = 0.25;
    /** The transport speaks several times a second. */
    private static final long SILENCE_NANOS = 1_000_000_000;
    /** JACK's transport stands for a moment when it is moved while it rolls, as at the end of a cycle; that is no pause. */
    private static final long PAUSE_NANOS = 1_000_000_000;

    private boolean running;
    private boolean heard;
    private boolean lost = true;
    private long lastNanos;
    private boolean rolled;
    private long rolledNanos;
    private int epoch;
    private boolean anew;

    /** @param bpm the tempo for a transport that has none of its own */
    public TransportFollower(double bpm) {
        super(new Timeline(bpm));
    }

    /**
     * The transport is at a place.
     *
     * @param rolling whether it moves on from there
     * @param beat    quarter notes since its beginning; NaN if it counts none
     * @param seconds since its beginning
     * @param bpm     quarter notes a minute; NaN if it has no tempo: then it is the one that this clock was made with
     * @param atNanos when it is there
     */
    public void at(boolean rolling, double beat, double seconds, double bpm, long atNanos) {
        double tempo = bpm > 0 ? bpm : timeline.bpm();
        double place = Double.isNaN(beat) ? seconds * tempo / 60 : beat;
        if (rolling) {
            if (!running || Math.abs(place - timeline.beatAt(atNanos)) > JUMP_BEATS) {
                epoch++;
                anew = place < JUMP_BEATS && (!rolled || atNanos - rolledNanos > PAUSE_NANOS);
            }
            rolled = true;
            rolledNanos = atNanos;
        }
        timeline.set(atNanos, place, tempo);
        running = rolling;
        heard = true;
        lost = false;
        lastNanos = atNanos;
    }

    @Override
    public void advance(long nowNanos) {
        lost = !heard || nowNanos - lastNanos > SILENCE_NANOS;
        if (lost && running
                && timeline.beatAt(nowNanos) - timeline.beatAt(lastNanos) > MidiClockFollower.FLYWHEEL_BEATS) {
            running = false;
        }
    }

    @Override
    public String name() {
        return "jack";
    }

    @Override
    public boolean running() {
        return running;
    }

    @Override
    public boolean locked() {
        return !lost;
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
