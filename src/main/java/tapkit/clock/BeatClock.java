package tapkit.clock;

/**
 * Maps instants to beats (quarter notes since bar 0) and back. Not thread safe: belongs to the engine's thread. Does not allocate.
 */
public sealed interface BeatClock permits TimelineClock {
    /** What users call it: internal, midi, jack or tap. */
    String name();

    /** Whether the music runs; while it does not, the beats mean nothing. */
    boolean running();

    /** Whether tempo and phase are known from where they should come from; always true for a clock of our own. */
    boolean locked();

    /** Quarter notes a minute. */
    double bpm();

    /** Beats since bar 0 at an instant; before the start of bar 0 negative. */
    double beatAt(long nanos);

    /** The instant of a beat. */
    long nanosAt(double beat);

    /** Changes whenever the count of beats jumps: a start, a new song position. Tempo changes keep it. */
    int epoch();

    /**
     * Whether with the last jump everything begins anew: a start from bar 0. A sequencer that plays round and round jumps there too, and
     * goes on.
     */
    boolean anew();

    /** Lets the clock notice what did not happen, such as a tick that stayed away. */
    void advance(long nowNanos);
}
