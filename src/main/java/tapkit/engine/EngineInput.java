package tapkit.engine;

import tapkit.control.Control;

/**
 * The way into the engine, for any thread: each call publishes one event to the engine's ring and returns. No call waits, locks
 * or allocates; if the ring is full the event is dropped and counted.
 */
public interface EngineInput {
    /** A MIDI message from a pad. */
    void pad(int message, long atNanos);

    /** A MIDI message from a clock port: Clock, Start, Stop, Continue, Song Position. */
    void clock(int message, long atNanos);

    /** A knob or a button. */
    void control(Control control, double value, long atNanos);
}
