package tapkit.evaluate;

import java.util.List;
import tapkit.data.Window;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.model.Humanizer;

/**
 * K nearest neighbours, as in the paper: the mean microtiming and velocity of the K training windows that have most hits in common
 * with the score (the last of equals), the zeros of silent cells counted in. One neighbour is a groove template copied from the
 * nearest sequence, all of them are the template of the whole training data.
 */
final class NearestHumanizer implements Humanizer {
    /** The paper's. On validation 15, 20 and 25 are alike ({@link NeighbourSearch}). */
    static final int K = 20;
    static final int ALL = Integer.MAX_VALUE;

    private final List<Window> training;
    private final Patterns patterns;
    private final int k;
    /** The mean of all windows; null unless all are asked for. */
    private final float[][] template;

    NearestHumanizer(List<Window> training, int k) {
        this.training = training;
        this.k = k;
        patterns = new Patterns(training.stream().map(Window::groove).toList());
        template = k < training.size() ? null : mean(training);
    }

    @Override
    public void humanize(Piece score, int bar, long seed, Groove groove) {
        float[][] mean = template;
        if (mean == null) {
            int[] common = patterns.common(new Patterns(List.of(groove)));
            mean = mean(Patterns.lastHighest(common, k).mapToObj(training::get).toList());
        }
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            groove.offsets[cell] = groove.hits[cell] * mean[0][cell];
            groove.velocities[cell] = groove.hits[cell] * mean[1][cell];
        }
    }

    private static float[][] mean(List<Window> windows) {
        double[] offsets = new double[Grid.CELLS];
        double[] velocities = new double[Grid.CELLS];
        for (Window window : windows) {
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                offsets[cell] += window.groove().offsets[cell];
                velocities[cell] += window.groove().velocities[cell];
            }
        }
        float[][] mean = new float[2][Grid.CELLS];
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            mean[0][cell] = (float) (offsets[cell] / windows.size());
            mean[1][cell] = (float) (velocities[cell] / windows.size());
        }
        return mean;
    }
}
