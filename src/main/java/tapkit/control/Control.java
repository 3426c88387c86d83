package tapkit.control;

/**
 * Everything that can be turned, pressed or switched while playing: the page, MIDI and the settings file all speak of these. A
 * control's value travels as one double beside it.
 */
public enum Control {
    /** Tempo in quarter notes a minute, 20 to 300. */
    BPM,
    /** One press of the tap-tempo button; the value is not used. */
    TAP_TEMPO,
    /** Start from bar 0 (any value). */
    START,
    /** Stop and silence (any value). */
    STOP,
    /** All notes off, now; the groove is forgotten (any value). */
    PANIC,
    /** Forget taps and answer; the clock runs on (any value). */
    CLEAR,
    /** Sampling temperature, 0 to 2; 0 is the thresholded answer. */
    TEMPERATURE
}
