package tapkit.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tapkit.data.Window;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.model.Decoder;
import tapkit.model.Prediction;
import tapkit.model.TapModel;
import tapkit.model.VoiceRule;

class TapCalibrationTest {
    private static final TapInput WITHHELD = new TapInput(false, false, 1);

    private final List<Window> windows = new ArrayList<>();
    private final List<Prediction> predictions = new ArrayList<>();

    @Test
    void shouldSpreadVelocitiesThatAreTooNarrowAsFarAsNeeded() {
        play(0.3);
        List<VoiceRule> rules = new TapCalibration(model(), windows, WITHHELD).rules(List.of());
        Tap2DrumMetrics plain = measure(VoiceRule.plain(thresholds(rules)));
        Tap2DrumMetrics spread = measure(rules);
        assertThat(plain.distribution().velocityKl()).isGreaterThan(0.3);
        assertThat(spread.distribution().velocityKl()).isLessThanOrEqualTo(0.13);
        assertThat(rules).allSatisfy(rule -> assertThat(rule.gain()).isBetween(1.1f, 2.5f));
        assertThat(spread.matched().velocityMae()).isLessThan(1.3 * plain.matched().velocityMae());
        assertThat(new TapCalibration(model(), windows, WITHHELD).rules(List.of())).isEqualTo(rules);
    }

    @Test
    void shouldLeaveVelocitiesThatVaryEnough() {
        play(0.9);
        assertThat(new TapCalibration(model(), windows, WITHHELD).rules(List.of()))
                .allSatisfy(rule -> assertThat(rule).isEqualTo(new VoiceRule(rule.threshold(), 1, 0)));
    }

    /** Drums, and what a network would say of them: velocities with this share of the deviation from the mean. */
    private void play(double share) {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 100; i++) {
            Groove truth = new Groove();
            Prediction prediction = new Prediction();
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                double p = 1 / (1 + Math.exp(1.5 - 1.5 * random.nextGaussian()));
                double velocity = Math.clamp(0.5 + 0.2 * random.nextGaussian(), 0.01, 1);
                prediction.probabilities[cell] = (float) p;
                prediction.velocities[cell] = (float) (0.45 + share * (velocity - 0.5));
                if (random.nextDouble() < p) {
                    truth.set(cell / Grid.VOICES, cell % Grid.VOICES, 0, (float) velocity);
                }
            }
            windows.add(new Window(0, "take", i, 120, truth));
            predictions.add(prediction);
        }
    }

    /** Says what was prepared, window after window. */
    private TapModel model() {
        int[] next = {0};
        return (taps, out) -> {
            Prediction said = predictions.get(next[0]++);
            System.arraycopy(said.probabilities, 0, out.probabilities, 0, Grid.CELLS);
            System.arraycopy(said.velocities, 0, out.velocities, 0, Grid.CELLS);
        };
    }

    private Tap2DrumMetrics measure(List<VoiceRule> rules) {
        Decoder decoder = new Decoder(rules, rules);
        return new Tap2DrumEvaluation(windows, WITHHELD, new ModelDrummer(model(), decoder, 0), 1).metrics();
    }

    private static float[] thresholds(List<VoiceRule> rules) {
        float[] thresholds = new float[rules.size()];
        for (int voice = 0; voice < thresholds.length; voice++) {
            thresholds[voice] = rules.get(voice).threshold();
        }
        return thresholds;
    }
}
