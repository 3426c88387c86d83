package tapkit.engine;

import java.util.Arrays;
import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.model.Decoder;
import tapkit.model.Prediction;

/**
 * How the controls bend what the model says into what is played: temperature, density, each voice's threshold and maximum. Mutable;
 * does not allocate.
 */
final class Shape {
    /** Log-odds that density takes from a hit at 0 %, and gives at 200 %. */
    private static final double DENSITY_ODDS = 3;
    /** Log-odds that the ends of a voice's threshold are away from its middle; at the very ends there is no doubt. */
    private static final double THRESHOLD_ODDS = 6;
    private static final double NO_DOUBT = 30;
    private static final double MIDDLE = 50;

    double temperature;
    /** Added to the log-odds of each voice's hits. */
    private final double[] odds = new double[Grid.VOICES];
    /** Most hits of each voice in a bar. */
    private final int[] maximum = new int[Grid.VOICES];

    Shape() {
        Arrays.fill(maximum, Grid.STEPS_PER_BAR);
    }

    void read(ControlBoard board) {
        temperature = board.get(Control.TEMPERATURE);
        double density = (board.get(Control.DENSITY) - 100) / 100;
        double dense = density <= -1 ? -NO_DOUBT : density * DENSITY_ODDS;
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            double threshold = (board.get(Control.THRESHOLD, voice) - MIDDLE) / MIDDLE;
            odds[voice] = dense - (Math.abs(threshold) >= 1 ? threshold * NO_DOUBT : threshold * THRESHOLD_ODDS);
            maximum[voice] = (int) board.get(Control.MAXIMUM, voice);
        }
    }

    void copyFrom(Shape other) {
        temperature = other.temperature;
        System.arraycopy(other.odds, 0, odds, 0, odds.length);
        System.arraycopy(other.maximum, 0, maximum, 0, maximum.length);
    }

    /** Makes hits likelier or less likely. */
    void bend(Prediction said) {
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            if (odds[voice] != 0) {
                for (int cell = voice; cell < Grid.CELLS; cell += Grid.VOICES) {
                    double bent = Decoder.logOdds(said.probabilities[cell]) + odds[voice];
                    said.probabilities[cell] = (float) (1 / (1 + Math.exp(-bent)));
                }
            }
        }
    }

    /** Takes out the least likely hits of voices that have too many in a bar. */
    void limit(Prediction said, Groove drums) {
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            for (int first = 0; first < Grid.STEPS && maximum[voice] < Grid.STEPS_PER_BAR; first += Grid.STEPS_PER_BAR) {
                while (count(drums, first, voice) > maximum[voice]) {
                    drums.remove(leastLikely(said, drums, first, voice), voice);
                }
            }
        }
    }

    private static int count(Groove drums, int first, int voice) {
        int n = 0;
        for (int step = first; step < first + Grid.STEPS_PER_BAR; step++) {
            n += drums.isHit(step, voice) ? 1 : 0;
        }
        return n;
    }

    private static int leastLikely(Prediction said, Groove drums, int first, int voice) {
        int least = -1;
        for (int step = first; step < first + Grid.STEPS_PER_BAR; step++) {
            if (drums.isHit(step, voice) && (least < 0
                    || said.probabilities[Grid.cell(step, voice)] <= said.probabilities[Grid.cell(least, voice)])) {
                least = step;
            }
        }
        return least;
    }
}
