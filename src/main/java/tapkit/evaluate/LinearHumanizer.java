package tapkit.evaluate;

import java.util.List;
import tapkit.data.Window;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.model.Humanizer;

/**
 * Linear regression from all hits of two bars to all their offsets and velocities, as in the paper: the zeros of silent cells count.
 */
final class LinearHumanizer implements Humanizer {
    private final LinearRegression regression = new LinearRegression(Grid.CELLS, 2 * Grid.CELLS);
    private final double[] predicted = new double[2 * Grid.CELLS];

    LinearHumanizer(List<Window> training) {
        float[] targets = new float[2 * Grid.CELLS];
        for (Window window : training) {
            System.arraycopy(window.groove().offsets, 0, targets, 0, Grid.CELLS);
            System.arraycopy(window.groove().velocities, 0, targets, Grid.CELLS, Grid.CELLS);
            regression.add(window.groove().hits, targets);
        }
        regression.solve();
    }

    @Override
    public void humanize(Piece score, int bar, long seed, Groove groove) {
        regression.predict(groove.hits, predicted);
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            groove.offsets[cell] = groove.hits[cell] * (float) predicted[cell];
            groove.velocities[cell] = groove.hits[cell] * (float) predicted[Grid.CELLS + cell];
        }
    }
}
