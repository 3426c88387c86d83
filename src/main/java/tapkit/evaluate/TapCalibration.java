package tapkit.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tapkit.data.Window;
import tapkit.evaluate.Statistics.Moments;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;
import tapkit.model.Decoder;
import tapkit.model.Prediction;
import tapkit.model.TapModel;
import tapkit.model.VoiceRule;

/**
 * Chooses the {@link VoiceRule}s of a model in one condition, on windows of which the drums are known: first the thresholds
 * ({@link TapThresholds}), then how far velocities are spread. The whole way gives each voice's hits the mean and the standard
 * deviation that the drummers' have; but spreading what is uncertain makes the single velocity worse, so the smallest share of
 * that way is taken which brings the distributions as near as wanted.
 */
public final class TapCalibration {
    /** Worth of macro F1 beside F1: enough that no voice is left out. */
    private static final double MACRO_WEIGHT = 0.08;
    /** Inside what is promised of the default (5 % of hits, 0.04, 2 %, a velocity KL of 0.15), and of trivial answers. */
    private static final TapThresholds.Limits LIMITS = new TapThresholds.Limits(0.024, 0.036, 0.0195);
    private static final double VELOCITY_KL = 0.13;
    private static final int SHARES = 20;
    /** Few hits tell little of their deviation: no line is steeper than this. */
    private static final double STEEPEST = 2.5;

    private final List<Window> windows;
    private final TapInput input;
    private final List<TapWindow> taps = new ArrayList<>();
    private final List<Prediction> predictions = new ArrayList<>();

    /** Asks the model about each window. */
    public TapCalibration(TapModel model, List<Window> windows, TapInput input) {
        this.windows = List.copyOf(windows);
        this.input = input;
        for (int i = 0; i < windows.size(); i++) {
            TapWindow window = new TapWindow();
            Prediction prediction = new Prediction();
            input.taps(windows.get(i), i, window);
            model.predict(window, prediction);
            taps.add(window);
            predictions.add(prediction);
        }
    }

    /** Chooses; {@code training} are windows that answers should not copy. */
    public List<VoiceRule> rules(List<Window> training) {
        TapThresholds search = new TapThresholds(MACRO_WEIGHT, LIMITS, training);
        for (int i = 0; i < windows.size(); i++) {
            search.add(taps.get(i), predictions.get(i), windows.get(i).groove());
        }
        List<VoiceRule> plain = VoiceRule.plain(search.search().thresholds());
        List<Line> whole = lines(answers(plain));
        for (int share = 0; share < SHARES; share++) {
            List<VoiceRule> rules = spread(plain, whole, share / (double) SHARES);
            Double divergence = answers(rules).metrics().distribution().velocityKl();
            if (divergence == null || divergence <= VELOCITY_KL) {
                return rules;
            }
        }
        return spread(plain, whole, 1);
    }

    private Tap2DrumEvaluation answers(List<VoiceRule> rules) {
        Decoder decoder = new Decoder(rules, rules);
        int[] next = {0};
        return new Tap2DrumEvaluation(windows, input,
                (window, seed, out) -> decoder.decode(window, predictions.get(next[0]++), 0, seed, out), 1);
    }

    /** A velocity of the network and what is played for it. */
    private record Line(double gain, double shift) {
    }

    /** For each voice the line that gives the network's velocities at the answered hits the moments of the true hits. */
    private List<Line> lines(Tap2DrumEvaluation evaluation) {
        List<Line> lines = new ArrayList<>();
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            Moments truth = new Moments();
            Moments said = new Moments();
            for (int i = 0; i < windows.size(); i++) {
                Groove drums = windows.get(i).groove();
                Groove answer = evaluation.answers().get(i);
                for (int cell = voice; cell < Grid.CELLS; cell += Grid.VOICES) {
                    if (drums.hits[cell] != 0) {
                        truth.add(drums.velocities[cell]);
                    }
                    if (answer.hits[cell] != 0) {
                        said.add(predictions.get(i).velocities[cell]);
                    }
                }
            }
            boolean enough = truth.deviation() > 0 && said.deviation() > 0;
            double gain = enough ? Math.clamp(truth.deviation() / said.deviation(), 1 / STEEPEST, STEEPEST) : 1;
            lines.add(enough ? new Line(gain, truth.mean() - gain * said.mean()) : new Line(1, 0));
        }
        return lines;
    }

    /** Goes a share of the way from the network's velocities to these lines. */
    private static List<VoiceRule> spread(List<VoiceRule> plain, List<Line> whole, double share) {
        if (share == 0) {
            return plain;
        }
        return IntStream.range(0, Grid.VOICES).mapToObj(voice -> new VoiceRule(plain.get(voice).threshold(),
                (float) (1 + share * (whole.get(voice).gain - 1)), (float) (share * whole.get(voice).shift))).toList();
    }
}
