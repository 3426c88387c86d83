package tapkit.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.data.GrooveDataset;
import tapkit.data.Split;
import tapkit.grid.Grid;
import tapkit.grid.Voice;
import tapkit.model.Chunk;
import tapkit.model.InfillModel;
import tapkit.train.InfillRecipe.Masks;
import tapkit.train.InfillRecipe.Noise;
import tapkit.train.InfillTuning.Found;

class InfillTrainingTest {
    private static final InfillRecipe FIRST = InfillRecipe.SHIPPED.getFirst();
    private static final InfillRecipe SMALL = new InfillRecipe(new HumanizeRecipe.Network(1, 12, 0.1, 9, 1, 0.3), FIRST.loss(),
            FIRST.hits(), FIRST.variation(), new Masks(0.4, 0.4), FIRST.noise(), FIRST.hitsLimit(), FIRST.calibration(), 8,
            new Optimiser(6, 8, 0.02, 4, 1, 0.9, 12));

    @TempDir
    private Path folder;
    private final StringWriter log = new StringWriter();

    @Test
    void shouldTrainACommitteeThatKnowsWhereTheHatsAre() throws IOException {
        GrooveDataset dataset = SmallDataset.write(folder);
        InfillCommittee committee = new InfillCommittee(dataset, List.of(SMALL, SMALL.withEpochs(5)), 3);
        Path file = committee.train(folder.resolve("out"), new PrintWriter(log, true), false, "test");
        InfillModel model = InfillModel.load(file.toString());
        assertThat(model.members()).hasSize(2);
        assertThat(model.card()).containsEntry("seed", "3").containsKey("validation: closed-hat, cut");
        assertThat(folder.resolve("out/infill.md")).content().contains("CC BY 4.0", "| closed-hat |");
        // Hats of these beats are on all eighths.
        Found hats = new InfillTuning(dataset.takes(Split.VALIDATION), SMALL.hitsLimit(), SMALL.calibration()).alone(model,
                Voice.CLOSED_HAT);
        assertThat(hats.f1()).isGreaterThan(0.9);
        assertThat(hats.hits()).isBetween(0.95, 1.05);
        assertThat(model.decoding().thresholds().get(3 * Voice.CLOSED_HAT.ordinal())).isEqualTo(hats.threshold());
        // What is done is not done again.
        byte[] bytes = Files.readAllBytes(file);
        log.getBuffer().setLength(0);
        committee.train(folder.resolve("out"), new PrintWriter(log, true), true, "test");
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
        assertThat(log.toString()).doesNotContain("epoch 1:");
    }

    /** Noise is for what is heard, never for the truth of what is hidden. */
    @Test
    void shouldBlurOnlyWhatIsHeard() throws IOException {
        ChunkSampler sampler = new ChunkSampler(SmallDataset.write(folder).takes(Split.TRAIN), FIRST.variation());
        Chunk clean = new Chunk(4);
        Chunk noisy = new Chunk(4);
        boolean[] hidden = new boolean[Grid.VOICES];
        int flat = 0;
        for (int n = 0; n < 50; n++) {
            new InfillExamples(sampler, FIRST.masks(), new Noise(0, 0, 0, 0)).draw(new SplittableRandom(n), clean, hidden);
            new InfillExamples(sampler, FIRST.masks(), new Noise(0, 0.04, 0.06, 0.5)).draw(new SplittableRandom(n), noisy,
                    hidden);
            assertThat(noisy.hits).isEqualTo(clean.hits);
            for (int cell = 0; cell < clean.hits.length; cell++) {
                if (hidden[cell % Grid.VOICES] && clean.hits[cell] != 0) {
                    assertThat(noisy.offsets[cell]).isEqualTo(clean.offsets[cell]);
                    assertThat(noisy.velocities[cell]).isEqualTo(clean.velocities[cell]);
                } else if (clean.hits[cell] != 0) {
                    assertThat(noisy.velocities[cell]).isNotEqualTo(clean.velocities[cell]);
                    flat += noisy.offsets[cell] == 0 ? 1 : 0;
                }
            }
        }
        assertThat(flat).isPositive();
    }
}
