package tapkit.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static tapkit.evaluate.HumanizeMetric.TIMING_KL;
import static tapkit.evaluate.HumanizeMetric.TIMING_MAE_MS;
import static tapkit.evaluate.HumanizeMetric.TIMING_MSE;
import static tapkit.evaluate.HumanizeMetric.VELOCITY_KL;
import static tapkit.evaluate.HumanizeMetric.VELOCITY_MAE;
import static tapkit.evaluate.HumanizeMetric.VELOCITY_MSE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.data.GrooveData;
import tapkit.data.Split;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.evaluate.Tap2DrumMetrics.Interval;
import tapkit.model.Humanizer;

class HumanizeEvaluationTest {
    @TempDir
    Path folder;

    @Test
    void shouldMeasureByHandWhatCanBeCountedByHand() {
        EvaluationSet set = Datasets.validation(folder);
        HumanizeMetrics metrics = evaluate(set, later(set, 0.1f, -0.2f)).metrics();
        assertThat(metrics.windows()).isEqualTo(3 * 5);
        assertThat(metrics.notes()).isEqualTo(set.windows(Windowing.CUT).stream().mapToInt(w -> w.groove().hitCount()).sum());
        double millis = set.windows(Windowing.CUT).stream().mapToDouble(w -> w.groove().hitCount() * 0.1 * w.stepMillis())
                .sum();
        assertThat(metrics.value(TIMING_MAE_MS)).isEqualTo(millis / metrics.notes(), within(1e-4));
        assertThat(metrics.value(TIMING_MSE)).isEqualTo(0.01, within(1e-6));
        assertThat(metrics.value(VELOCITY_MAE)).isEqualTo(0.2, within(1e-6));
        assertThat(metrics.value(VELOCITY_MSE)).isEqualTo(0.04, within(1e-6));
        // Gaussians of one variance, apart by d: d² / 2 variance, in each of the groups that have notes (steps 0 and 2 mod 4)
        double expected = 0;
        for (int group : new int[]{0, 2}) {
            double[] offsets = set.windows(Windowing.CUT).stream()
                    .flatMapToDouble(window -> offsets(window, group)).toArray();
            double mean = Arrays.stream(offsets).average().orElseThrow();
            double variance = Arrays.stream(offsets).map(o -> (o - mean) * (o - mean)).average().orElseThrow();
            expected += 0.01 / (2 * variance) / 2;
        }
        assertThat(metrics.value(TIMING_KL)).isEqualTo(expected, within(1e-4 * expected));
    }

    @Test
    void shouldFindNothingWrongWithTheTruth() {
        EvaluationSet set = Datasets.validation(folder);
        HumanizeMetrics metrics = evaluate(set, later(set, 0, 0)).metrics();
        for (HumanizeMetric metric : HumanizeMetric.values()) {
            assertThat(metrics.value(metric)).as(metric.title()).isZero();
            assertThat(metrics.estimates().get(metric).noteInterval()).isEqualTo(new Interval(0, 0));
        }
    }

    @Test
    void shouldCompareModelsOnTheSameFiles() throws Exception {
        EvaluationSet set = Datasets.validation(folder);
        HumanizeMetrics worse = evaluate(set, later(set, 0.2f, 0)).metrics();
        HumanizeMetrics better = evaluate(set, later(set, -0.1f, 0)).metrics();
        Estimate difference = better.estimates().get(TIMING_MSE).minus(worse.estimates().get(TIMING_MSE));
        // The same difference at every note: paired, it is certain, though each interval alone is wide.
        assertThat(difference.value()).isEqualTo(-0.03, within(1e-6));
        assertThat(difference.fileInterval().low()).isEqualTo(-0.03, within(1e-6));
        assertThat(difference.fileInterval().high()).isEqualTo(-0.03, within(1e-6));
        Interval files = worse.estimates().get(TIMING_MAE_MS).fileInterval();
        Interval notes = worse.estimates().get(TIMING_MAE_MS).noteInterval();
        assertThat(files.high() - files.low()).isGreaterThan(notes.high() - notes.low());
        HumanizeMetrics mean = HumanizeMetrics.mean(List.of(worse, better));
        assertThat(mean.value(TIMING_MSE)).isEqualTo(0.025, within(1e-6));
        HumanizeReport report = new HumanizeReport("validation", "better", "worse", 3,
                List.of(new HumanizeReport.Result("cut", better, worse)));
        assertThat(report.text()).contains("timing MAE ms", "minus worse", "seed 3");
        JsonNode json = new JsonMapper().readTree(report.json());
        assertThat(json.at("/results/0/timing_mse/minus_versus/value").doubleValue()).isEqualTo(difference.value());
        assertThat(json.at("/results/0/velocity_mae/file_ci").size()).isEqualTo(2);
    }

    /** Hidden is hidden: neither the groove nor the score tells what is asked for. */
    @Test
    void shouldHandOutHitsAlone() {
        EvaluationSet set = Datasets.validation(folder);
        evaluate(set, (score, bar, seed, groove) -> {
            assertThat(groove.offsets).containsOnly(0);
            assertThat(groove.velocities).containsOnly(0);
            assertThat(score.offsets).containsOnly(0);
            assertThat(score.velocities).containsOnly(0);
            assertThat(score.bpm(bar)).isBetween(89.9, 110.1);
            assertThat(score.bars()).isEqualTo(6);
        });
        assertThatThrownBy(() -> evaluate(set, (score, bar, seed, groove) -> groove.set(31, 8, 0, 1)))
                .hasMessageContaining("changed hits");
    }

    @Test
    void shouldAgreeWithTheKnownFigures() {
        EvaluationSet set = new EvaluationSet(GrooveData.open(), Split.VALIDATION);
        known(set, Humanizers.QUANTIZED, 22.92, 0.0441, Double.NaN, Double.NaN);
        known(set, Humanizers.LINEAR, 19.61, 0.0340, 4.46, 1.78);
        known(set, Humanizers.KNN, 22.19, 0.0442, 1.06, 0.67);
        known(set, Humanizers.MLP, 19.25, 0.0330, 3.64, 0.57); // as models/table/mlp.md says
        HumanizeMetrics jitter = metrics(set, Humanizers.JITTER);
        assertThat(jitter.value(TIMING_MAE_MS)).isEqualTo(31.40, within(0.2)); // random
        assertThat(jitter.value(TIMING_MSE)).isEqualTo(0.0791, within(5e-4));
        assertThat(jitter.value(TIMING_KL)).isEqualTo(0.03, within(0.005));
        assertThat(jitter.value(VELOCITY_KL)).isEqualTo(0.06, within(0.005));
        assertThat(set.windows(Windowing.CUT)).hasSize(2033);
        assertThat(jitter.notes()).isEqualTo(72_888);
    }

    private static void known(EvaluationSet set, String model, double mae, double mse, double timing, double velocity) {
        HumanizeMetrics metrics = metrics(set, model);
        assertThat(metrics.value(TIMING_MAE_MS)).as(model).isEqualTo(mae, within(0.005));
        assertThat(metrics.value(TIMING_MSE)).as(model).isEqualTo(mse, within(5e-5));
        if (!Double.isNaN(timing)) {
            assertThat(metrics.value(TIMING_KL)).as(model).isEqualTo(timing, within(0.005));
            assertThat(metrics.value(VELOCITY_KL)).as(model).isEqualTo(velocity, within(0.005));
        }
    }

    private static HumanizeMetrics metrics(EvaluationSet set, String model) {
        return evaluate(set, Humanizers.open(model, Setting.DEFAULT, Windowing.CUT, () -> set.training(Windowing.CUT)))
                .metrics();
    }

    private static HumanizeEvaluation evaluate(EvaluationSet set, Humanizer humanizer) {
        return new HumanizeEvaluation(set, Windowing.CUT, humanizer, 1);
    }

    /** Plays what the drummers play, window by window, but later and louder. */
    private static Humanizer later(EvaluationSet set, float late, float louder) {
        Deque<Window> windows = new ArrayDeque<>(set.windows(Windowing.CUT));
        return (score, bar, seed, groove) -> {
            Window window = windows.remove();
            for (int cell = 0; cell < groove.hits.length; cell++) {
                groove.offsets[cell] = groove.hits[cell] * (window.groove().offsets[cell] + late);
                groove.velocities[cell] = groove.hits[cell] * (window.groove().velocities[cell] + louder);
            }
        };
    }

    private static DoubleStream offsets(Window window, int group) {
        return IntStream.range(0, window.groove().hits.length)
                .filter(cell -> window.groove().hits[cell] != 0 && cell / 9 % 4 == group)
                .mapToDouble(cell -> window.groove().offsets[cell]);
    }
}
