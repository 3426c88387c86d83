package tapkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.UserError;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;

final class CommitteeHumanizerTest {
    private static final OffsetBins BINS = new OffsetBins(11);
    private static final LstmConfig CONFIG = HumanizeModel.config(2, 9, BINS);
    private static final Calibration CALIBRATION = new Calibration(List.of(0.0, 0.01, 0.0, -0.01),
            List.of(1.5, 1.6, 1.7, 1.8), List.of(1.0, 1.1, 0.9, 1.0), List.of(0.5, 0.4, 0.5, 0.4), List.of(1.2, 1.2, 1.2, 1.2),
            0.15);

    @TempDir
    private Path folder;
    private HumanizeModel model;
    private final Piece score = score();

    @BeforeEach
    void writeAModel() {
        model = RandomModels.humanize(folder.resolve("random.safetensors"), CONFIG, BINS, CALIBRATION);
    }

    @Test
    void shouldAgreeBetweenTheKernels() {
        Groove expected = play(InferenceEngine.SCALAR, 1, 0, 1);
        for (InferenceEngine engine : List.of(InferenceEngine.VECTOR_FP32, InferenceEngine.ND4J)) {
            Groove found = play(engine, 1, 0, 1);
            assertThat(found.hits).containsExactly(expected.hits);
            assertThat(found.offsets).containsExactly(expected.offsets, within(1e-4f));
            assertThat(found.velocities).containsExactly(expected.velocities, within(1e-4f));
        }
    }

    @Test
    void shouldLeaveNothingToChanceUpToTheBestTemperature() {
        assertThat(play(InferenceEngine.VECTOR, 1, 0, 1).offsets)
                .containsExactly(play(InferenceEngine.VECTOR, 1, 0, 2).offsets);
        assertThat(play(InferenceEngine.VECTOR, 1.5, 0, 1).offsets)
                .containsExactly(play(InferenceEngine.VECTOR, 1.5, 0, 1).offsets);
        assertThat(play(InferenceEngine.VECTOR, 1.5, 0, 1).offsets).isNotEqualTo(
                play(InferenceEngine.VECTOR, 1.5, 0, 2).offsets);
    }

    @Test
    void shouldSpreadMoreTheWarmerItIs() {
        double exact = deviation(play(InferenceEngine.VECTOR, 0, 0, 1));
        double best = deviation(play(InferenceEngine.VECTOR, 1, 0, 1));
        double lively = deviation(play(InferenceEngine.VECTOR, 2, 0, 1));
        assertThat(best).isGreaterThan(1.2 * exact);
        assertThat(lively).isGreaterThan(1.2 * best);
    }

    @Test
    void shouldGiveOverlappingWindowsTheSameDrift() {
        Groove first = play(InferenceEngine.VECTOR, 2, 2, 1);
        Groove second = play(InferenceEngine.VECTOR, 2, 3, 1);
        Groove calmFirst = play(InferenceEngine.VECTOR, 1, 2, 1);
        Groove calmSecond = play(InferenceEngine.VECTOR, 1, 3, 1);
        int compared = 0;
        for (int cell = 0; cell < Grid.CELLS / 2; cell++) {
            float drift = first.velocities[cell + Grid.CELLS / 2] - calmFirst.velocities[cell + Grid.CELLS / 2];
            if (second.hits[cell] != 0 && second.velocities[cell] < 1 && first.velocities[cell + Grid.CELLS / 2] < 1) {
                assertThat(second.velocities[cell] - calmSecond.velocities[cell]).isCloseTo(drift, within(1e-5f));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(5);
    }

    @Test
    void shouldHearMoreThanTheTwoBars() {
        Groove before = play(InferenceEngine.VECTOR, 1, 2, 1);
        Arrays.fill(score.hits, 4 * 16 * 9, 4 * 16 * 9 + 9, 1);
        assertThat(play(InferenceEngine.VECTOR, 1, 2, 1).offsets).isNotEqualTo(before.offsets);
    }

    @Test
    void shouldKeepItsCalibrationInTheFileAndRefuseADamagedOne() {
        Path file = folder.resolve("random.safetensors");
        assertThat(model.calibration()).isEqualTo(CALIBRATION);
        for (Map.Entry<String, String> wrong : Map
                .of("calibration.timing", "1,2,3", "bins", "many", "context", "-1", "features",
                        "taps-1")
                .entrySet()) {
            Map<String, String> metadata = new TreeMap<>(Safetensors.open(file).metadata());
            metadata.put(wrong.getKey(), wrong.getValue());
            Path damaged = folder.resolve("damaged.safetensors");
            SafetensorsWriter.write(damaged, List.of(), metadata);
            assertThatThrownBy(() -> HumanizeModel.load(damaged.toString())).isInstanceOf(UserError.class)
                    .hasMessageContaining("damaged.safetensors");
        }
    }

    @Test
    void shouldAverageItsMembersAndWhatItRemembers() {
        Groove both = play(InferenceEngine.VECTOR, 1, 0, 1);
        HumanizeModel plain = model.with(model.members(), model.memory(), Calibration.NONE, Map.of());
        List<Groove> alone = new ArrayList<>();
        for (LstmWeights member : model.members()) {
            alone.add(play(plain.with(List.of(member), Optional.empty(), Calibration.NONE, Map.of())));
        }
        Groove together = play(plain.with(model.members(), Optional.empty(), Calibration.NONE, Map.of()));
        Groove remembering = play(plain);
        double[] offsets = new double[Grid.CELLS];
        Groove asked = new Groove();
        score.window(0, asked);
        model.memory().orElseThrow().recall(asked, Grid.stepNanos(90) * 1e-6, offsets, new double[Grid.CELLS]);
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            assertThat(together.offsets[cell]).isCloseTo((alone.get(0).offsets[cell] + alone.get(1).offsets[cell]) / 2,
                    within(1e-5f));
            assertThat(remembering.offsets[cell]).isCloseTo((float) (0.75 * together.offsets[cell] + 0.25 * offsets[cell]),
                    within(1e-5f));
        }
        assertThat(both.offsets).isNotEqualTo(remembering.offsets);
    }

    @Test
    void shouldRecallWhatWasPlayedToTheSameScore() {
        Piece feel = new Piece(90, 90, 90);
        feel.add(0, 0, 0.3f, 0.9f);
        feel.add(20, 1, -0.2f, 0.4f);
        feel.add(40, 2, 0.1f, 0.1f);
        Piece other = new Piece(90, 90);
        for (int step = 0; step < 32; step++) {
            other.add(step, 3, -0.4f, 0.2f);
        }
        GrooveMemory memory = GrooveMemory.of(List.of(feel, other, new Piece(100)), List.of(3, 2, 1));
        Groove asked = new Groove();
        asked.set(0, 0, 0, 0);
        asked.set(20, 1, 0, 0);
        asked.set(7, 3, 0, 0);
        double[] offsets = new double[Grid.CELLS];
        double[] velocities = new double[Grid.CELLS];
        memory.recall(asked, Grid.stepNanos(90) * 1e-6, offsets, velocities);
        assertThat(offsets[Grid.cell(0, 0)]).isCloseTo(0.3, within(0.05));
        assertThat(velocities[Grid.cell(0, 0)]).isCloseTo(0.9, within(0.05));
        assertThat(offsets[Grid.cell(20, 1)]).isCloseTo(-0.2, within(0.05));
        // Never played there in the windows that are near: what is usual.
        assertThat(offsets[Grid.cell(7, 3)]).isBetween(-0.2, 0.0);
        assertThat(velocities[Grid.cell(7, 3)]).isCloseTo(0.5, within(0.05));
        assertThat(offsets[Grid.cell(1, 1)]).isZero();
    }

    @Test
    void shouldDriftLikeHandsAndNotLikeNoise() {
        int steps = 20_000;
        double[] drift = new double[steps];
        Arrays.setAll(drift, step -> Drift.at(7, step, 2));
        double mean = Arrays.stream(drift).average().orElseThrow();
        double variance = Arrays.stream(drift).map(d -> d * d).average().orElseThrow();
        double neighbours = 0;
        double voices = 0;
        for (int step = 1; step < steps; step++) {
            neighbours += drift[step] * drift[step - 1] / steps;
            voices += drift[step] * Drift.at(7, step, 5) / steps;
        }
        assertThat(mean).isCloseTo(0, within(0.1));
        assertThat(variance).isCloseTo(1, within(0.1));
        assertThat(neighbours).isBetween(0.35, 0.6);
        assertThat(voices).isBetween(0.65, 0.85);
    }

    private Groove play(InferenceEngine engine, double temperature, int bar, long seed) {
        Groove groove = new Groove();
        score.window(bar, groove);
        model.open(engine, temperature, false).humanize(score, bar, seed, groove);
        return groove;
    }

    private Groove play(HumanizeModel other) {
        Groove groove = new Groove();
        score.window(0, groove);
        other.open(InferenceEngine.VECTOR, 1, false).humanize(score, 0, 1, groove);
        return groove;
    }

    private static double deviation(Groove groove) {
        double sum = 0;
        for (float offset : groove.offsets) {
            sum += offset * offset;
        }
        return Math.sqrt(sum / groove.hitCount());
    }

    private static Piece score() {
        SplittableRandom random = new SplittableRandom(3);
        Piece piece = new Piece(90, 90, 100, 100, 120, 120);
        for (int cell = 0; cell < piece.hits.length; cell++) {
            piece.hits[cell] = random.nextInt(4) == 0 ? 1 : 0;
        }
        return piece;
    }
}
