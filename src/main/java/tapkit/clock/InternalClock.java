package tapkit.clock;

/**
 * tapkit's own clock: a tempo that is set or tapped. A new tempo keeps the phase. Not thread safe.
 */
public final class InternalClock extends TimelineClock {
    /** Slowest tempo in quarter notes a minute. */
    public static final double MIN_BPM = 20;
    /** Fastest tempo in quarter notes a minute. */
    public static final double MAX_BPM = 300;

    private final String name;
    private boolean running;
    private int epoch;

    /** @param name what users call it: internal or tap */
    public InternalClock(String name, double bpm) {
        super(new Timeline(clamp(bpm)));
        this.name = name;
    }

    /** Starts from bar 0 at an instant, which may lie ahead (a count-in) or a little behind. */
    public void start(long nanos) {
        timeline.set(nanos, 0, timeline.bpm());
        running = true;
        epoch++;
    }

    public void stop() {
        running = false;
    }

    /** Sets the tempo from an instant on, in [{@link #MIN_BPM}, {@link #MAX_BPM}]; what is beyond is brought inside. */
    public void tempo(double bpm, long nanos) {
        timeline.bend(nanos, clamp(bpm));
    }

    /**
     * Moves the count and sets the tempo, both from an instant on.
     *
     * @param beats forward, or back where negative; so little that nobody would call it a jump
     */
    public void move(double beats, double bpm, long nanos) {
        timeline.set(nanos, timeline.beatAt(nanos) + beats, clamp(bpm));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean running() {
        return running;
    }

    @Override
    public boolean locked() {
        return true;
    }

    @Override
    public int epoch() {
        return epoch;
    }

    @Override
    public boolean anew() {
        return true;
    }

    @Override
    public void advance(long nowNanos) {
        // nothing can stay away
    }

    private static double clamp(double bpm) {
        return Math.clamp(bpm, MIN_BPM, MAX_BPM);
    }
}
