package tapkit.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tapkit.data.Window;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;
import tapkit.model.Decoder;
import tapkit.model.Prediction;

class TapThresholdsTest {
    private static final double LIMIT = 0.05;

    private final List<Window> windows = new ArrayList<>();
    private final List<Prediction> predictions = new ArrayList<>();

    /** Voices that are hit in 40 % to 4 % of the cells, and probabilities that know something of it. */
    TapThresholdsTest() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 200; i++) {
            Groove truth = new Groove();
            Prediction prediction = new Prediction();
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                double odds = Math.log(0.4 / (1 + cell % Grid.VOICES)) + 1.5 * random.nextGaussian();
                double p = 1 / (1 + Math.exp(-odds));
                prediction.probabilities[cell] = (float) p;
                prediction.velocities[cell] = 0.5f;
                if (random.nextDouble() < p) {
                    truth.set(cell / Grid.VOICES, cell % Grid.VOICES, 0, 0.5f);
                }
            }
            windows.add(new Window(0, "take", i, 120, truth));
            predictions.add(prediction);
        }
    }

    @Test
    void shouldBeatOneThresholdForAllWithinTheLimit() {
        TapThresholds.Found found = search(0.6);
        Tap2DrumMetrics best = decoded(found.thresholds());
        assertThat(best.onset().f1()).isEqualTo(found.f1(), within(1e-9));
        assertThat(best.macroF1()).isEqualTo(found.macroF1(), within(1e-9));
        assertThat(best.densityMean().answer() / best.densityMean().truth()).isEqualTo(found.hitsRatio(), within(1e-9));
        assertThat(best.densityMean().answer() / best.densityMean().truth()).isBetween(1 - LIMIT - 0.01, 1 + LIMIT + 0.01);
        double score = best.onset().f1() + 0.6 * best.macroF1();
        for (float threshold = 0.05f; threshold < 0.8; threshold += 0.025f) {
            float[] same = new float[Grid.VOICES];
            Arrays.fill(same, threshold);
            Tap2DrumMetrics metrics = decoded(same);
            if (Math.abs(metrics.densityMean().answer() / metrics.densityMean().truth() - 1) <= LIMIT) {
                assertThat(score).isGreaterThan(metrics.onset().f1() + 0.6 * metrics.macroF1());
            }
        }
        assertThat(search(0.6)).isEqualTo(found);
    }

    @Test
    void shouldTradeMicroForMacroF1AsAsked() {
        assertThat(decoded(search(2).thresholds()).macroF1()).isGreaterThan(decoded(search(0).thresholds()).macroF1());
        assertThat(decoded(search(2).thresholds()).onset().f1()).isLessThan(decoded(search(0).thresholds()).onset().f1());
    }

    @Test
    void shouldKeepPlacesNearTheTruthAndCopiesFew() {
        TapThresholds.Found free = search(0, TapThresholds.Limits.ofHits(LIMIT), List.of());
        double near = 0.6 * free.placeJs();
        TapThresholds.Found held = search(0, new TapThresholds.Limits(LIMIT, near, 1), List.of());
        Tap2DrumMetrics metrics = decoded(held.thresholds());
        assertThat(metrics.voicePosJs()).isEqualTo(held.placeJs(), within(1e-9)).isLessThan(near + 0.002);
        assertThat(metrics.onset().f1()).isBetween(0.7 * free.f1(), free.f1());
        // What was answered freely becomes what must not be copied.
        List<Window> known = new ArrayList<>();
        List<Groove> answers = evaluation(free.thresholds()).answers();
        for (int i = 0; i < answers.size(); i += 2) {
            known.add(new Window(0, "known", i, 120, answers.get(i)));
        }
        assertThat(search(0, TapThresholds.Limits.ofHits(LIMIT), known).copies()).isEqualTo(0.5);
        TapThresholds.Found other = search(0, new TapThresholds.Limits(LIMIT, 1, 0.1), known);
        assertThat(other.copies()).isLessThanOrEqualTo(0.1);
        assertThat(evaluation(other.thresholds()).metrics(known).novelty().copies()).isEqualTo(other.copies());
    }

    private TapThresholds.Found search(double macroWeight) {
        return search(macroWeight, TapThresholds.Limits.ofHits(LIMIT), List.of());
    }

    private TapThresholds.Found search(double macroWeight, TapThresholds.Limits limits, List<Window> known) {
        TapThresholds thresholds = new TapThresholds(macroWeight, limits, known);
        TapWindow taps = new TapWindow();
        for (int i = 0; i < windows.size(); i++) {
            taps.collapse(windows.get(i).groove());
            thresholds.add(taps, predictions.get(i), windows.get(i).groove());
        }
        return thresholds.search();
    }

    private Tap2DrumMetrics decoded(float[] thresholds) {
        return evaluation(thresholds).metrics();
    }

    private Tap2DrumEvaluation evaluation(float[] thresholds) {
        Decoder decoder = new Decoder(thresholds);
        int[] next = {0};
        return new Tap2DrumEvaluation(windows, new TapInput(false, false, 1),
                (taps, seed, out) -> decoder.decode(taps, predictions.get(next[0]++), 0, seed, out), 1);
    }
}
