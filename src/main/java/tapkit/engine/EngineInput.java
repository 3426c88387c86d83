package tapkit.engine;

import tapkit.control.Change;
import tapkit.control.Control;
import tapkit.control.Knob;

/**
 * The way into the engine, for any thread: each call publishes one event to the engine's ring and returns. No call waits, locks
 * or allocates; if the ring is full the event is dropped and counted.
 */
public interface EngineInput {
    /** A MIDI message from a pad. */
    void pad(int message, long atNanos);

    /** A MIDI message from a clock port: Clock, Start, Stop, Continue, Song Position. */
    void clock(int message, long atNanos);

    /**
     * A knob or a button.
     *
     * @param voice  of a control that is per voice, else any
     * @param change what it does with the value
     */
    void control(Control control, int voice, Change change, double value, long atNanos);

    /** Sets a control that is not per voice, or presses a button. */
    default void control(Control control, double value, long atNanos) {
        control(control, Knob.NO_VOICE, Change.SET, value, atNanos);
    }
}
