package tapkit.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.data.GrooveData;
import tapkit.data.Split;
import tapkit.data.Windowing;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Voice;
import tapkit.model.Infiller;

class InfillEvaluationTest {
    @TempDir
    Path folder;

    @Test
    void shouldMeasureByHandWhatCanBeCountedByHand() throws Exception {
        EvaluationSet set = Datasets.validation(folder);
        // Hats are on all eighths, some early downbeats are cut off; the answer has them in the first bar only, and one more.
        int truths = 0;
        int firstBars = 0;
        for (var window : set.windows(Windowing.ALIGNED)) {
            for (int step = 0; step < Grid.STEPS; step++) {
                truths += window.groove().isHit(step, 2) ? 1 : 0;
                firstBars += step < 16 && window.groove().isHit(step, 2) ? 1 : 0;
            }
        }
        assertThat(truths).isEqualTo(15 * 16);
        InfillEvaluation evaluation = new InfillEvaluation(set, Windowing.ALIGNED, (rest, bar, wanted, seed, groove) -> {
            for (int step = 0; step < 16; step += 2) {
                groove.set(step, 2, 0, 0.5f);
            }
            groove.set(31, 2, 0, 0.5f);
        }, Set.of(Voice.CLOSED_HAT), 1);
        InfillMetrics metrics = evaluation.metrics();
        assertThat(metrics.notesTrue()).isEqualTo(truths);
        assertThat(metrics.notesPred()).isEqualTo(15 * 9);
        assertThat(metrics.onset().precision()).isEqualTo(firstBars / (15 * 9.0));
        assertThat(metrics.onset().recall()).isEqualTo(0.5);
        assertThat(metrics.onset().f1()).isEqualTo(2.0 * firstBars / (truths + 15 * 9), within(1e-12));
        assertThat(metrics.density().mean().answer()).isEqualTo(4.5);
        assertThat(metrics.density().mae()).isEqualTo(3.5, within(1e-12));
        assertThat(metrics.density().corr()).isZero();
        assertThat(metrics.presence().accuracy()).isEqualTo(1);
        assertThat(metrics.presence().falseAlarm()).isNull();
        assertThat(metrics.matched().n()).isEqualTo(firstBars);
        assertThat(metrics.rideConflict().truth()).isZero();
        InfillReport report = new InfillReport("infill", "validation", "half", 1,
                List.of(new InfillReport.Result("aligned", "closed-hat", metrics)));
        assertThat(report.text()).contains("closed-hat", "4.500 (8.000)");
        JsonNode json = new JsonMapper().readTree(report.json());
        assertThat(json.at("/results/0/density/mean/1").doubleValue()).isEqualTo(4.5);
        assertThat(json.at("/results/0").has("f1")).isFalse();
    }

    /** Hidden is hidden, and the rest is there with its timing and velocity. */
    @Test
    void shouldHandOutTheOtherVoicesAlone() {
        EvaluationSet set = Datasets.validation(folder);
        for (Voice voice : new Voice[]{Voice.KICK, Voice.SNARE, Voice.CLOSED_HAT}) {
            InfillEvaluation evaluation = new InfillEvaluation(set, Windowing.CUT, (rest, bar, wanted, seed, groove) -> {
                assertThat(wanted).containsExactly(voice);
                for (int cell = 0; cell < rest.hits.length; cell++) {
                    assertThat(cell % Grid.VOICES == voice.ordinal() ? rest.hits[cell] + rest.velocities[cell] : 0).isZero();
                }
                for (int step = 0; step < Grid.STEPS; step++) {
                    assertThat(groove.isHit(step, voice.ordinal())).isFalse();
                }
                assertThat(groove.hitCount()).isPositive();
                assertThat(groove.velocities).contains(groove.velocities[firstHit(groove)]);
                assertThat(groove.velocities[firstHit(groove)]).isPositive();
            }, Set.of(voice), 1);
            assertThat(evaluation.metrics().onset().f1()).isZero();
            assertThat(evaluation.metrics().distribution()).isNull();
        }
        Infiller vandal = (rest, bar, wanted, seed, groove) -> groove.clear();
        assertThatThrownBy(() -> new InfillEvaluation(set, Windowing.CUT, vandal, Set.of(Voice.SNARE), 1))
                .hasMessageContaining("changed other voices");
    }

    @Test
    void shouldHideSeveralVoicesAtOnceAndCountThemTogether() {
        EvaluationSet set = Datasets.validation(folder);
        Set<Voice> voices = Set.of(Voice.KICK, Voice.SNARE);
        InfillMetrics together = new InfillEvaluation(set, Windowing.ALIGNED, (rest, bar, wanted, seed, groove) -> {
            assertThat(wanted).isEqualTo(voices);
            for (int step = 0; step < Grid.STEPS; step++) {
                assertThat(groove.isHit(step, Voice.KICK.ordinal()) || groove.isHit(step, Voice.SNARE.ordinal())).isFalse();
            }
            groove.set(0, Voice.KICK.ordinal(), 0, 0.5f);
        }, voices, 1).metrics();
        long truths = 0;
        for (Voice voice : voices) {
            truths += new InfillEvaluation(set, Windowing.ALIGNED, (rest, bar, wanted, seed, groove) -> {
            }, Set.of(voice), 1).metrics().notesTrue();
        }
        assertThat(together.notesTrue()).isEqualTo(truths);
        assertThat(together.notesPred()).isEqualTo(set.windows(Windowing.ALIGNED).size());
    }

    @Test
    void shouldAgreeWithTheKnownFigures() {
        EvaluationSet set = new EvaluationSet(GrooveData.open(), Split.VALIDATION);
        known(set, Infillers.EIGHTHS, 0.556, 8.0);
        known(set, Infillers.NEAREST_VOTE, 0.667, 6.6);
        known(set, Infillers.LINEAR, 0.693, 5.7);
    }

    private static void known(EvaluationSet set, String model, double f1, double hits) {
        InfillMetrics metrics = new InfillEvaluation(set, Windowing.CUT,
                Infillers.open(model, Setting.DEFAULT, Windowing.CUT, () -> set.training(Windowing.CUT)),
                Set.of(Voice.CLOSED_HAT), 1)
                .metrics();
        assertThat(metrics.onset().f1()).as(model).isEqualTo(f1, within(5e-4));
        assertThat(metrics.density().mean().answer()).as(model).isEqualTo(hits, within(0.05));
        assertThat(metrics.density().mean().truth()).isEqualTo(5.1, within(0.05));
    }

    private static int firstHit(Groove groove) {
        int cell = 0;
        while (groove.hits[cell] == 0) {
            cell++;
        }
        return cell;
    }
}
