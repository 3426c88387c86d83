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

    /**
     * Goes a part of the way to another prediction: in log-odds, velocities and offsets.
     *
     * @param share 0 stays here, 1 becomes the other
     */
    public void mix(Prediction other, double share) {
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            double odds = (1 - share) * Decoder.logOdds(probabilities[cell])
                    + share * Decoder.logOdds(other.probabilities[cell]);
            probabilities[cell] = (float) (1 / (1 + Math.exp(-odds)));
            velocities[cell] += (float) (share * (other.velocities[cell] - velocities[cell]));
            offsets[cell] += (float) (share * (other.offsets[cell] - offsets[cell]));
        }
    }
}
