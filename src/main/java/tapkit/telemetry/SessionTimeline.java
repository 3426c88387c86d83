package tapkit.telemetry;

/**
 * Puts what was played on the beats of a file: a straight line within a run of the clock, bar line on bar line between runs. The first bar
 * is left free for a count-in; a pause lasts as long as it lasted, up to the next bar line. Not thread safe.
 */
final class SessionTimeline {
    static final int TICKS_PER_BEAT = 960;
    private static final int BEATS_PER_BAR = 4;
    /** A beat this far from where the last ones lead is another run of the clock. */
    private static final double JUMP_BEATS = 1;

    private boolean anchored;
    private long anchorNanos;
    private double anchorFileBeat;
    private double bpm;
    /** What is added to a beat of the music to get the file's. */
    private double shiftBeats;

    /** @param bpm the tempo at the start */
    SessionTimeline(double bpm) {
        this.bpm = bpm;
    }

    /** The file's tick of an event; to be called with every event, in their order. */
    long tick(PlayedEvent event) {
        double led = anchored ? anchorFileBeat + (event.atNanos - anchorNanos) * bpm / 60e9 : 0;
        double beat = led;
        if (!Double.isNaN(event.beat)) {
            beat = event.beat + shiftBeats;
            if (!anchored || Math.abs(beat - led) > JUMP_BEATS) {
                double room = anchored ? 0 : BEATS_PER_BAR;
                shiftBeats = room + BEATS_PER_BAR * Math.ceil((led - event.beat) / BEATS_PER_BAR);
                beat = event.beat + shiftBeats;
            }
        }
        anchored = true;
        anchorNanos = event.atNanos;
        anchorFileBeat = beat;
        bpm = event.bpm;
        return Math.max(0, Math.round(beat * TICKS_PER_BEAT));
    }
}
