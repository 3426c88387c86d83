package tapkit.evaluate;

import java.util.List;
import tapkit.data.Window;
import tapkit.grid.Grid;
import tapkit.grid.Groove;

/** How each voice is played on average at each step of the bar in the training data. */
final class UsualPlaces {
    /** Sums, [step in bar][voice]; see {@link Grid#cell}. */
    private final double[] hits = new double[Grid.STEPS_PER_BAR * Grid.VOICES];
    private final double[] offsets = new double[hits.length];
    private final double[] velocities = new double[hits.length];

    UsualPlaces(List<Window> training) {
        for (Window window : training) {
            Groove groove = window.groove();
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                hits[cell % hits.length] += groove.hits[cell];
                offsets[cell % hits.length] += groove.offsets[cell];
                velocities[cell % hits.length] += groove.velocities[cell];
            }
        }
    }

    /** Sets a hit, played as it is there on average. */
    void set(Groove groove, int step, int voice) {
        int place = Grid.cell(step % Grid.STEPS_PER_BAR, voice);
        double n = Math.max(1, hits[place]);
        groove.set(step, voice, (float) (offsets[place] / n), (float) (velocities[place] / n));
    }
}
