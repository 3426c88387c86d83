package tapkit.tap;

/**
 * Tells pads that feel how hard they are struck from pads (and keys, and mice) that always send the same velocity: it is known
 * once two of the last {@value #MEMORY} taps differ. Not thread safe.
 */
public final class VelocitySense {
    private static final int MEMORY = 8;

    private int velocity;
    private int equal;
    private boolean known;

    /** Takes the velocity of a tap. */
    public void tap(int tapVelocity) {
        if (equal > 0 && tapVelocity != velocity) {
            known = true;
            equal = 1;
        } else if (++equal >= MEMORY) {
            known = false;
            equal = MEMORY;
        }
        velocity = tapVelocity;
    }

    /** Whether the velocities mean anything. */
    public boolean known() {
        return known;
    }
}
