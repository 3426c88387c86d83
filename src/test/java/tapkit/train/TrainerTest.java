package tapkit.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tapkit.UserError;
import tapkit.data.GrooveDataset;
import tapkit.model.InferenceEngine;
import tapkit.model.Models;
import tapkit.model.Prediction;
import tapkit.model.RandomModels;
import tapkit.model.Seq2SeqConfig;
import tapkit.model.Seq2SeqTask;
import tapkit.model.TrainedModel;

class TrainerTest {
    private static final TapRecipe SMALL = new TapRecipe(new TapRecipe.Network(2, 16, 0.2), TapRecipe.SHIPPED.loss(),
            TapRecipe.SHIPPED.variation(), new Optimiser(4, 8, 0.02, 4, 1, 0.9, 12));

    @TempDir
    private Path folder;
    private final StringWriter log = new StringWriter();

    @Test
    void shouldLearnAndShipWhatTheLiveKernelsRead() throws IOException {
        Path file = trainer(SmallDataset.write(folder), SMALL.withEpochs(12), "out", 1).train(false, "test");
        List<String> curve = Files.readAllLines(folder.resolve("out/tap2drum.csv"));
        assertThat(loss(curve.getLast())).isLessThan(0.95 * loss(curve.get(1)));
        assertThat(ImageIO.read(folder.resolve("out/tap2drum.png").toFile()).getWidth()).isGreaterThan(1000);
        TrainedModel model = Models.load(file);
        assertThat(model.card()).containsEntry("data.licence", "CC BY 4.0").containsEntry("seed", "1");
        assertThat(folder.resolve("out/tap2drum.md")).content().contains("| cut, velocity, hands |");
        Path again = Files.createDirectories(folder.resolve("again"));
        new TapCalibrator(GrooveDataset.open(folder)).run(model, again);
        assertThat(again.resolve("tap2drum.safetensors")).hasSameBinaryContentAs(file);
        assertThat(again.resolve("tap2drum.md")).hasSameTextualContentAs(folder.resolve("out/tap2drum.md"));
        // Trained weights are less tame than random ones.
        Prediction live = new Prediction();
        Prediction reference = new Prediction();
        for (int i = 0; i < 20; i++) {
            model.open(InferenceEngine.VECTOR_FP32).predict(RandomModels.taps(i), live);
            model.open(InferenceEngine.ND4J).predict(RandomModels.taps(i), reference);
            assertThat(live.probabilities).containsExactly(reference.probabilities, within(1e-4f));
            assertThat(live.velocities).containsExactly(reference.velocities, within(1e-4f));
            assertThat(live.offsets).containsExactly(reference.offsets, within(1e-4f));
        }
    }

    @Test
    void shouldEndWithTheSameBytesWhenStoppedAndResumed() throws IOException {
        GrooveDataset dataset = SmallDataset.write(folder);
        byte[] whole = Files.readAllBytes(trainer(dataset, SMALL, "whole", 3).train(false, "test"));
        Trainer stopped = trainer(dataset, SMALL, "stopped", 3);
        stopped.stopAfter(2);
        stopped.train(false, "test");
        Files.delete(folder.resolve("stopped/tap2drum.safetensors"));
        Path half = Files.createFile(folder.resolve("stopped/.tap2drum.checkpoint.123.part"));
        byte[] resumed = Files.readAllBytes(trainer(dataset, SMALL, "stopped", 3).train(true, "test"));
        assertThat(resumed).isEqualTo(whole);
        assertThat(log.toString()).contains("resumed after epoch 2");
        assertThat(half).as("what a kill in the middle of a checkpoint leaves").doesNotExist();
        byte[] other = Files.readAllBytes(trainer(dataset, SMALL, "other", 4).train(false, "test"));
        assertThat(other).isNotEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource({"TAP2DRUM,false,0.6", "HUMANIZE,true,0.8", "INFILL,false,0.8", "TRANSFER,true,0.8", "SAMPLE,true,0.8"})
    void shouldTrainThePapersNetworks(Seq2SeqTask task, boolean variational, double least) throws IOException {
        Seq2SeqRecipe recipe = small(task, variational, 12);
        TrainingTask training = new Seq2SeqTraining(SmallDataset.write(folder), recipe, 1);
        new Trainer(training, folder.resolve("out"), new PrintWriter(log, true)).train(false, "test");
        List<String> curve = Files.readAllLines(folder.resolve("out").resolve(training.plan().name() + ".csv"));
        assertThat(loss(curve.getLast())).isLessThan(least * loss(curve.get(1)));
    }

    @Test
    void shouldEndAVariationalTrainingWithTheSameBytesWhenStoppedAndResumed() throws IOException {
        GrooveDataset dataset = SmallDataset.write(folder);
        Seq2SeqRecipe recipe = small(Seq2SeqTask.TRANSFER, true, 3);
        byte[] whole = Files.readAllBytes(new Trainer(new Seq2SeqTraining(dataset, recipe, 1), folder.resolve("whole"),
                new PrintWriter(log, true)).train(false, "test"));
        Trainer stopped = new Trainer(new Seq2SeqTraining(dataset, recipe, 1), folder.resolve("stopped"),
                new PrintWriter(log, true));
        stopped.stopAfter(1);
        stopped.train(false, "test");
        byte[] resumed = Files.readAllBytes(new Trainer(new Seq2SeqTraining(dataset, recipe, 1), folder.resolve("stopped"),
                new PrintWriter(log, true)).train(true, "test"));
        assertThat(resumed).isEqualTo(whole);
    }

    private static Seq2SeqRecipe small(Seq2SeqTask task, boolean variational, int epochs) {
        Seq2SeqRecipe paper = Seq2SeqRecipe.paper(task, variational);
        return new Seq2SeqRecipe(new Seq2SeqConfig(task, 16, 8, 16, 2, variational), 0.3, paper.cut(), paper.dropout(),
                paper.loss(),
                paper.bottleneck(), new Optimiser(epochs, 8, 0.02, 4, 1, 0.9, 12));
    }

    @Test
    void shouldSayWhyItCannotResume() throws IOException {
        GrooveDataset dataset = SmallDataset.write(folder);
        Trainer trainer = trainer(dataset, SMALL, "out", 1);
        assertThatThrownBy(() -> trainer.train(true, "test")).isInstanceOf(UserError.class).hasMessageContaining("--resume");
        Path checkpoint = Files.createDirectories(folder.resolve("out")).resolve("tap2drum.checkpoint");
        Files.writeString(checkpoint, "no checkpoint");
        assertThatThrownBy(() -> trainer.train(true, "test")).isInstanceOf(UserError.class).hasMessageContaining("delete it");
        Files.delete(checkpoint);
        trainer.stopAfter(1);
        trainer.train(false, "test");
        assertThatThrownBy(() -> trainer(dataset, SMALL, "out", 2).train(true, "test")).isInstanceOf(UserError.class)
                .hasMessageContaining("seed 1");
        assertThatThrownBy(() -> trainer(dataset, SMALL, "out", 1).train(false, "test")).isInstanceOf(UserError.class)
                .hasMessageContaining("go on with --resume");
    }

    private Trainer trainer(GrooveDataset dataset, TapRecipe recipe, String out, long seed) {
        return new Trainer(new TapTraining(dataset, recipe, seed), folder.resolve(out), new PrintWriter(log, true));
    }

    private static double loss(String line) {
        return Double.parseDouble(line.split(",", -1)[1]);
    }
}
