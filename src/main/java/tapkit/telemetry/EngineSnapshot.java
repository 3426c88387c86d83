package tapkit.telemetry;

/**
 * The engine at one instant, for screens.
 *
 * @param atNanos    the instant, on {@link System#nanoTime()}'s clock
 * @param running    whether the clock runs
 * @param clock      where tempo and phase come from: internal, midi, tap
 * @param locked     whether an external clock is there and followed; true for the internal one
 * @param bpm        quarter notes a minute
 * @param beat       position in beats (quarter notes) since bar 0
 * @param taps       taps heard since the start
 * @param hits       drum notes sent
 * @param answered   bars answered by a new inference in time
 * @param skipped    answers that came too late and were not played
 * @param lateHits   drum notes whose time had passed: handed over at once, or, far too late, not played
 * @param lostEvents events lost to a full ring or a full port
 * @param inferenceMicros time of the last inference
 * @param temperature sampling temperature
 * @param recording  whether a loop is being recorded
 * @param mode       what is played now, as the control {@code mode} counts; what is wanted may differ until the next bar
 * @param part       likewise, as the control {@code part} counts
 */
public record EngineSnapshot(long atNanos, boolean running, String clock, boolean locked, double bpm, double beat, long taps,
        long hits, long answered, long skipped, long lateHits, long lostEvents, double inferenceMicros, double temperature,
        Recording recording, int mode, int part) {
    /** What the loop is at. */
    public enum Recording {
        /** Nothing is recorded. */
        NONE,
        /** It will be recorded from the next bar on. */
        ARMED,
        /** It is recorded now. */
        ON
    }

}
