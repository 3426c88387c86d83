package tapkit.evaluate;

import tapkit.grid.Grid;

/**
 * Syncopation after Longuet-Higgins and Lee: an onset whose next onset comes after a rest of more metrical weight counts by how
 * much more that rest weighs. Two bars are taken as a loop.
 */
final class Syncopation {
    private static final int[] WEIGHT = {0, -4, -3, -4, -2, -4, -3, -4, -1, -4, -3, -4, -2, -4, -3, -4};
    /** Less than any weight. */
    private static final int NONE = -9;

    private Syncopation() {
    }

    /** Syncopation a bar of the steps whose bit is set in {@code onsets} (step 0 is bit 0). */
    static double perBar(int onsets) {
        double sum = 0;
        int strongestRest = NONE;
        // Backwards twice, so that the second round knows what follows the loop's end.
        for (int i = 2 * Grid.STEPS - 1; i >= 0; i--) {
            int step = i % Grid.STEPS;
            int weight = WEIGHT[step % Grid.STEPS_PER_BAR];
            if ((onsets >>> step & 1) == 0) {
                strongestRest = Math.max(strongestRest, weight);
            } else {
                sum += i < Grid.STEPS ? Math.max(strongestRest - weight, 0) : 0;
                strongestRest = NONE;
            }
        }
        return sum / Grid.BARS;
    }
}
