package tapkit.tap;

/** Drops the echo of a pad: a second onset of the same note so soon that no hand could have struck it. Not thread safe. */
public final class RetriggerMask {
    /** Onsets of one note closer than this are one tap. */
    public static final long MASK_NANOS = 12_000_000;

    private final long[] lastNanos = new long[128];
    private final boolean[] struck = new boolean[128];

    /** Whether the onset of a note is a tap of its own. */
    public boolean accepts(int note, long atNanos) {
        if (struck[note] && Math.abs(atNanos - lastNanos[note]) < MASK_NANOS) {
            return false;
        }
        struck[note] = true;
        lastNanos[note] = atNanos;
        return true;
    }
}
