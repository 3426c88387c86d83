package tapkit.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tapkit.data.Window;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.grid.Voice;
import tapkit.model.Infiller;

/**
 * Linear regression from the hits of the other voices to those of the wanted ones; a hit is what exceeds a threshold, played as it is
 * at that step of the bar on average.
 */
final class LinearInfiller implements Infiller {
    /** By voice, as {@link InfillSearch} finds them. */
    private static final double[] THRESHOLDS = {0.30, 0.45, 0.40, 0.20, 0.15, 0.20, 0.20, 0.20, 0.40};

    private final List<Window> training;
    private final double[] thresholds;
    private final UsualPlaces usual;
    private final Map<Set<Voice>, LinearRegression> regressions = new HashMap<>();
    private final float[] others = new float[Grid.CELLS];
    private final double[] predicted = new double[Grid.CELLS];

    LinearInfiller(List<Window> training) {
        this(training, THRESHOLDS);
    }

    LinearInfiller(List<Window> training, double[] thresholds) {
        this.training = training;
        this.thresholds = thresholds.clone();
        usual = new UsualPlaces(training);
    }

    @Override
    public void infill(Piece rest, int bar, Set<Voice> wanted, long seed, Groove groove) {
        regressions.computeIfAbsent(Set.copyOf(wanted), this::fit).predict(hits(groove, wanted, false), predicted);
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            int voice = cell % Grid.VOICES;
            if (wanted.contains(Voice.of(voice)) && predicted[cell] >= thresholds[voice]) {
                usual.set(groove, cell / Grid.VOICES, voice);
            }
        }
    }

    private LinearRegression fit(Set<Voice> wanted) {
        LinearRegression regression = new LinearRegression(Grid.CELLS, Grid.CELLS);
        for (Window window : training) {
            float[] parts = hits(window.groove(), wanted, true).clone();
            regression.add(hits(window.groove(), wanted, false), parts);
        }
        regression.solve();
        return regression;
    }

    /** The hits of the wanted voices, or those of the others; 0 elsewhere. Valid until the next call. */
    private float[] hits(Groove groove, Set<Voice> wanted, boolean ofWanted) {
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            others[cell] = wanted.contains(Voice.of(cell % Grid.VOICES)) == ofWanted ? groove.hits[cell] : 0;
        }
        return others;
    }
}
