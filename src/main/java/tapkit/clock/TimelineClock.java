package tapkit.clock;

/** A clock whose beats lie on a {@link Timeline}; who draws the line, and when, is each one's own. */
abstract sealed class TimelineClock implements BeatClock permits InternalClock, MidiClockFollower, TransportFollower {
    final Timeline timeline;

    TimelineClock(Timeline timeline) {
        this.timeline = timeline;
    }

    @Override
    public final double bpm() {
        return timeline.bpm();
    }

    @Override
    public final double beatAt(long nanos) {
        return timeline.beatAt(nanos);
    }

    @Override
    public final long nanosAt(double beat) {
        return timeline.nanosAt(beat);
    }
}
