package tapkit.telemetry;

/**
 * One thing that was played, for the recorder, the page and the journal: a tap as it came, or a drum as it was handed to the
 * port (a little before it sounds). Mutable: readers pass one in and it is filled.
 */
public final class PlayedEvent {
    /** What the event is. */
    public enum Kind {
        TAP,
        DRUM,
        /** The tempo from here on; also near the start of each run. */
        TEMPO,
        /** All notes off: drums that were told of but would sound later than this were taken back. */
        SILENCE,
        /** A control changed, or a button was pressed: {@link #knob} and {@link #value}. */
        CONTROL,
        /** The pedal of a hi-hat moved: {@link #note} is its controller, 4, {@link #velocity} its position, 0 (open) to 127. */
        PEDAL
    }

    public Kind kind = Kind.TAP;
    /** The tap's MIDI note, or the drum's. */
    public int note;
    /** Index of the drum's voice, 0 to 8; −1 for a tap. */
    public int voice;
    /** MIDI velocity, 1 to 127. */
    public int velocity;
    /** When it came or sounds, on {@link System#nanoTime()}'s clock. */
    public long atNanos;
    /** The same instant in beats (quarter notes) since bar 0; NaN while the clock does not run. */
    public double beat;
    /** Index of what was turned in {@link tapkit.control.Knob#ALL}; only of a control. */
    public int knob;
    /** What it stands at now; only of a control. */
    public double value;
    /** Tempo there, in quarter notes a minute. */
    public double bpm;

    public void copyFrom(PlayedEvent other) {
        kind = other.kind;
        note = other.note;
        voice = other.voice;
        velocity = other.velocity;
        atNanos = other.atNanos;
        beat = other.beat;
        bpm = other.bpm;
        knob = other.knob;
        value = other.value;
    }
}
