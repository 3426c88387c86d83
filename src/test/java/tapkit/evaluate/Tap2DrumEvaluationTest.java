package tapkit.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapkit.data.GrooveData;
import tapkit.data.GrooveDataset;
import tapkit.data.Split;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.evaluate.Tap2DrumMetrics.Pair;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;

class Tap2DrumEvaluationTest {
    private static final TapInput CLEAN = new TapInput(true, false, 1);

    @Test
    void shouldMeasureByHandWhatCanBeCountedByHand() {
        // 120 bpm: a sixteenth is 125 ms. Truth: kick and hat on 0, snare on 4, kick on 16.
        Groove truth = new Groove();
        truth.set(0, 0, 0.1f, 0.8f);
        truth.set(0, 2, 0.3f, 0.4f);
        truth.set(4, 1, 0, 1f);
        truth.set(16, 0, 0, 0.6f);
        // Answer: kick on 0 a little later and softer, hat on 4 for the snare, nothing on 16, a crash where nobody tapped.
        Groove answer = new Groove();
        answer.set(0, 0, 0.2f, 0.6f);
        answer.set(4, 2, 0, 0.5f);
        answer.set(7, 7, 0, 0.5f);
        Tap2DrumMetrics metrics = evaluate(List.of(window(0, truth)), answer).metrics(List.of(window(0, truth)));
        assertThat(metrics.notesTrue()).isEqualTo(4);
        assertThat(metrics.notesPred()).isEqualTo(3);
        assertThat(metrics.onset().precision()).isEqualTo(1 / 3.0, within(1e-9));
        assertThat(metrics.onset().recall()).isEqualTo(0.25);
        assertThat(metrics.onset().f1()).isEqualTo(2 / 7.0, within(1e-9));
        assertThat(metrics.voiceF1()).containsEntry("kick", 2 / 3.0).containsEntry("closed-hat", 0.0);
        assertThat(metrics.macroF1()).isEqualTo(2 / 27.0, within(1e-9));
        assertThat(metrics.tapCoverage()).isEqualTo(2 / 3.0);
        assertThat(metrics.spuriousSteps()).isEqualTo(1 / 3.0);
        assertThat(metrics.hitsPerActiveStep()).isEqualTo(new Pair(4 / 3.0, 1));
        assertThat(metrics.matched().n()).isEqualTo(1);
        assertThat(metrics.matched().offsetMaeMs()).isEqualTo(12.5, within(1e-5));
        assertThat(metrics.matched().velocityMae()).isEqualTo(0.2, within(1e-6));
        assertThat(metrics.tapOffsetMaeMs()).isEqualTo(6.25, within(1e-5)); // 12.5 ms on step 0, none on step 4
        assertThat(metrics.matchedVelocityMaeConstant()).isEqualTo(0.1, within(1e-6)); // median .7 against .8
        assertThat(metrics.densityMean()).isEqualTo(new Pair(2, 1.5));
        assertThat(metrics.voiceShare()).containsEntry("kick", new Pair(0.5, 1 / 3.0));
        assertThat(metrics.novelty().trueCopies()).isEqualTo(1);
        assertThat(metrics.novelty().nnHammingMedian()).isEqualTo(5);
    }

    @Test
    void shouldFindNothingWrongWithTheTruth() {
        Groove truth = new Groove();
        truth.set(0, 0, 0.1f, 0.8f);
        truth.set(9, 1, -0.1f, 0.7f);
        Tap2DrumMetrics metrics = evaluate(List.of(window(0, truth)), truth).metrics();
        assertThat(metrics.onset().f1()).isEqualTo(1);
        assertThat(metrics.tapCoverage()).isEqualTo(1);
        assertThat(metrics.spuriousSteps()).isZero();
        assertThat(metrics.matched().offsetMaeMs()).isZero();
        assertThat(metrics.voicePosJs()).isZero();
        assertThat(metrics.novelty()).isNull();
    }

    @Test
    void shouldBearSilence() throws Exception {
        Tap2DrumEvaluation evaluation = evaluate(List.of(window(0, new Groove())), new Groove());
        Tap2DrumMetrics metrics = evaluation.metrics(List.of(window(0, new Groove())));
        assertThat(metrics.onset().f1()).isZero();
        assertThat(metrics.matched().offsetMaeMs()).isNull();
        Tap2DrumReport report = new Tap2DrumReport("tap2drum", "train", "none", true, 0, 1,
                List.of(new Tap2DrumReport.Result("cut", "clean", metrics)));
        assertThat(report.text()).contains("velocity given", "seed 1", "timing MAE ms");
        JsonNode json = new JsonMapper().readTree(report.json());
        assertThat(json.at("/results/0/onset/f1").doubleValue()).isZero();
        assertThat(json.at("/results/0/matched/offset_mae_ms").isNull()).isTrue();
        assertThat(json.at("/results/0/density_mean").size()).isEqualTo(2);
        assertThat(report.json()).doesNotContain("NaN");
    }

    @Test
    void shouldResampleFilesForTheInterval() {
        Groove one = new Groove();
        one.set(0, 0, 0, 1);
        Groove other = new Groove();
        other.set(1, 0, 0, 1);
        // Take 0 is answered right, take 1 wrong: drawn anew, both may be the one or the other.
        Tap2DrumMetrics metrics = evaluate(List.of(window(0, one), window(1, other)), one).metrics();
        assertThat(metrics.onset().f1()).isEqualTo(0.5);
        assertThat(metrics.onset().f1FileCi().low()).isZero();
        assertThat(metrics.onset().f1FileCi().high()).isEqualTo(1);
    }

    @Test
    void shouldHideVelocitiesThatAreWithheldAndRepeatHands() {
        Groove truth = new Groove();
        for (int step = 0; step < 32; step++) {
            truth.set(step, 1, 0, 0.9f);
        }
        Window window = window(0, truth);
        TapWindow taps = new TapWindow();
        new TapInput(false, false, 1).taps(window, 0, taps);
        assertThat(taps.velocityKnown).isFalse();
        assertThat(taps.velocities).containsOnly(0f);
        assertThat(taps.count()).isEqualTo(32);
        TapInput hands = new TapInput(true, true, 1);
        hands.taps(window, 3, taps);
        TapWindow again = new TapWindow();
        new TapInput(true, true, 1).taps(window, 3, again);
        assertThat(again.offsets).isEqualTo(taps.offsets);
        assertThat(taps.velocityKnown).isTrue();
        hands.taps(window, 4, again);
        assertThat(again.offsets).isNotEqualTo(taps.offsets);
    }

    /** The figures that the project's conventions were checked with; an independent evaluator agrees on the dumped answers. */
    @Test
    void shouldGiveTheKnownFiguresOnTheRealDataset() {
        GrooveDataset dataset = GrooveData.open();
        List<Window> training = Window.of(dataset.takes(Split.TRAIN), Windowing.CUT);
        List<Window> windows = Window.of(dataset.takes(Split.VALIDATION), Windowing.CUT);
        Tap2DrumMetrics usual = new Tap2DrumEvaluation(windows, CLEAN, new UsualVoices(training), 1).metrics(training);
        assertThat(usual.onset().f1()).isEqualTo(0.519, within(5e-4));
        assertThat(usual.macroF1()).isEqualTo(0.218, within(5e-4));
        assertThat(usual.matched().offsetMaeMs()).isEqualTo(6.5, within(0.05));
        assertThat(usual.densityMean().answer()).isEqualTo(23.4, within(0.05));
        assertThat(usual.densityMean().truth()).isEqualTo(17.9, within(0.05));
        assertThat(usual.voicePosJs()).isEqualTo(0.253, within(6e-4));
        Tap2DrumMetrics nearest = new Tap2DrumEvaluation(windows, CLEAN, new NearestTaps(training), 1).metrics(training);
        assertThat(nearest.onset().f1()).isEqualTo(0.4146, within(5e-5));
        assertThat(nearest.matched().offsetMaeMs()).isEqualTo(5.8, within(0.05));
        assertThat(nearest.novelty().copies()).isEqualTo(1);
        assertThat(nearest.novelty().trueNnHammingMedian()).isEqualTo(15);
    }

    /** Every window is answered alike. */
    private static Tap2DrumEvaluation evaluate(List<Window> windows, Groove answer) {
        return new Tap2DrumEvaluation(windows, CLEAN, (taps, seed, out) -> out.copyFrom(answer), 1);
    }

    private static Window window(int take, Groove groove) {
        return new Window(take, "take/" + take, 0, 120, groove);
    }
}
