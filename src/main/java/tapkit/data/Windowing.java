package tapkit.data;

import java.util.Locale;

/** How two bars are taken out of a longer performance. */
public enum Windowing {
    /**
     * A slice of time: an onset just before it is not in it, and one in its last half step (an early downbeat of the next bar) has
     * no step in it and is dropped. What reproduces the paper's table.
     */
    CUT,
    /** A slice of the grid: an early downbeat belongs to step 0 of its bar, nothing is dropped. What is played and shipped. */
    ALIGNED;

    /** The name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return label();
    }
}
