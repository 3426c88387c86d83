package tapkit.clock;

/**
 * Lets the tempo follow the hands: a loop of second order on how far each tap is from the grid. What is late slows down, what is early
 * speeds up; a constant way of playing behind the beat moves the phase and leaves the tempo. Not thread safe.
 */
public final class TempoFollower {
    /** Of a tap's distance, how much the phase is moved and, each beat, the tempo, at full amount, for a tap on a beat. */
    private static final double PHASE = 0.4;
    private static final double TEMPO = 0.12;
    /** What a tap on an eighth or a sixteenth between the beats counts against one on the beat. */
    private static final double EIGHTH = 0.7;
    private static final double SIXTEENTH = 0.4;
    /** Taps further apart than this, in beats, mean eighths at least; a hand that drifts is believed further from those. */
    private static final double FAR = 0.7;

    private double lastBeat = Double.NEGATIVE_INFINITY;
    private double ratio = 1;

    /** Begins anew, at the tempo that was set. */
    public void clear() {
        lastBeat = Double.NEGATIVE_INFINITY;
        ratio = 1;
    }

    /**
     * Takes a tap and moves the clock.
     *
     * @param amount how much, 0 to 1
     * @param limit  how far from the tempo that was set, as a share of it
     * @param bpm    the tempo that was set, quarter notes a minute
     */
    public void tap(InternalClock clock, long atNanos, double amount, double limit, double bpm) {
        double beat = clock.beatAt(atNanos);
        double grid = beat - lastBeat >= FAR ? 2 : 4;
        double place = Math.rint(beat * grid) / grid;
        double late = beat - place;
        double weight = amount * (place == Math.rint(place) ? 1 : place * 2 == Math.rint(place * 2) ? EIGHTH : SIXTEENTH);
        lastBeat = beat - PHASE * weight * late;
        ratio = Math.clamp(ratio * (1 - TEMPO * weight * late), 1 - limit, 1 + limit);
        clock.move(-PHASE * weight * late, bpm * ratio, atNanos);
    }
}
