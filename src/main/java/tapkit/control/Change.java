package tapkit.control;

/** What an input does to a control. The engine works it out, so that nobody else has to know what the value is now. */
public enum Change {
    /** Sets the value. */
    SET,
    /** Adds to the value: an endless encoder, a button that steps through choices. */
    ADD,
    /** From off to on and back, from the lower half of the range to its top and back to its bottom: a footswitch. */
    TOGGLE
}
