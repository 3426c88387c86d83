package tapkit.clock;

/** A straight line from nanoseconds to beats: one instant whose beat is known, and a tempo. Not thread safe. */
final class Timeline {
    private static final double NANOS_PER_MINUTE = 60e9;

    private long anchorNanos;
    private double anchorBeat;
    private double bpm;

    Timeline(double bpm) {
        this.bpm = bpm;
    }

    double bpm() {
        return bpm;
    }

    double beatAt(long nanos) {
        return anchorBeat + (nanos - anchorNanos) * bpm / NANOS_PER_MINUTE;
    }

    long nanosAt(double beat) {
        return anchorNanos + Math.round((beat - anchorBeat) * NANOS_PER_MINUTE / bpm);
    }

    /** Draws the line anew. */
    void set(long nanos, double beat, double newBpm) {
        anchorNanos = nanos;
        anchorBeat = beat;
        bpm = newBpm;
    }

    /** Changes the tempo from an instant on; the beat there stays what it was. */
    void bend(long nanos, double newBpm) {
        set(nanos, beatAt(nanos), newBpm);
    }
}
