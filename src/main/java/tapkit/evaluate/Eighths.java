package tapkit.evaluate;

import java.util.List;
import java.util.Set;
import tapkit.data.Window;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.grid.Voice;
import tapkit.model.Infiller;

/** The trivial part: every wanted voice on every eighth, on the grid, as loud as it is there on average. */
final class Eighths implements Infiller {
    /** Sums over the training data, [step in bar][voice]; see {@link Grid#cell}. */
    private final double[] hits = new double[Grid.STEPS_PER_BAR * Grid.VOICES];
    private final double[] velocities = new double[hits.length];

    Eighths(List<Window> training) {
        for (Window window : training) {
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                hits[cell % hits.length] += window.groove().hits[cell];
                velocities[cell % hits.length] += window.groove().velocities[cell];
            }
        }
    }

    @Override
    public void infill(Piece rest, int bar, Set<Voice> wanted, long seed, Groove groove) {
        for (Voice voice : wanted) {
            for (int step = 0; step < Grid.STEPS; step += 2) {
                int place = Grid.cell(step % Grid.STEPS_PER_BAR, voice.ordinal());
                groove.set(step, voice.ordinal(), 0, (float) (velocities[place] / Math.max(1, hits[place])));
            }
        }
    }
}
