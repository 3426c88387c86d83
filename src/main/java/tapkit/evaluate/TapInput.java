package tapkit.evaluate;

import java.util.Arrays;
import tapkit.data.HandTaps;
import tapkit.data.Window;
import tapkit.grid.TapWindow;

/** What Tap2Drum gets to hear of a window: its collapsed taps, with or without velocity, as they are or as hands make them. */
public final class TapInput {
    private final boolean velocityKnown;
    private final boolean hands;
    private final long seed;
    private final HandTaps disturbance = new HandTaps();

    /**
     * A condition of the task.
     *
     * @param velocityKnown whether the taps' velocities are given; withheld is the paper's task
     * @param hands         whether the taps are disturbed by {@link HandTaps}
     * @param seed          of that disturbance
     */
    public TapInput(boolean velocityKnown, boolean hands, long seed) {
        this.velocityKnown = velocityKnown;
        this.hands = hands;
        this.seed = seed;
    }

    /** Fills {@code out} with the taps of the window that has this index; withheld velocities are 0. */
    public void taps(Window window, int index, TapWindow out) {
        out.bpm = (float) window.bpm();
        out.collapse(window.groove());
        if (hands) {
            disturbance.disturb(window.groove(), out, seed(seed, index));
        }
        out.velocityKnown = velocityKnown;
        if (!velocityKnown) {
            Arrays.fill(out.velocities, 0);
        }
    }

    /** A seed for each window; windows of neighbouring seeds share none. */
    static long seed(long seed, int index) {
        return seed * 1_000_003 + index;
    }
}
