package tapkit.tap;

/**
 * Drops the echo of a pad: a second onset of the same note so soon that no hand could have struck it. Two pads on different inputs may
 * send the same note. Not thread safe but for notes of different inputs.
 */
public final class RetriggerMask {
    /** Onsets of one note closer than this are one tap. */
    public static final long MASK_NANOS = 12_000_000;

    private static final int NOTES = 128;

    private final long[] lastNanos;
    private final boolean[] struck;

    /** @param inputs how many inputs there may be */
    public RetriggerMask(int inputs) {
        lastNanos = new long[inputs * NOTES];
        struck = new boolean[inputs * NOTES];
    }

    /** Whether the onset of a note is a tap of its own. */
    public boolean accepts(int input, int note, long atNanos) {
        int pad = input * NOTES + note;
        if (struck[pad] && Math.abs(atNanos - lastNanos[pad]) < MASK_NANOS) {
            return false;
        }
        struck[pad] = true;
        lastNanos[pad] = atNanos;
        return true;
    }
}
