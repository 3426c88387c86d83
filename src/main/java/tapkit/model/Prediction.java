package tapkit.model;

import tapkit.grid.Grid;

/**
 * What a network says about two bars before anything is decided: for each cell (see {@link Grid#cell}) the probability of a hit,
 * the velocity it would have and its microtiming. Reused; not thread safe.
 */
public final class Prediction {
    /** Probability of a hit, in [0, 1]. */
    public final float[] probabilities = new float[Grid.CELLS];
    /** Velocity / 127 of the hit if there is one, in [0, 1]. */
    public final float[] velocities = new float[Grid.CELLS];
    /**
     * Microtiming of the hit if there is one, in steps, positive = late: at a tapped step relative to the tap, else relative to
     * the grid.
     */
    public final float[] offsets = new float[Grid.CELLS];
}
