package tapkit.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.data.GrooveDataset;
import tapkit.data.Split;
import tapkit.grid.Grid;
import tapkit.model.Calibration;
import tapkit.model.Chunk;
import tapkit.model.HumanizeModel;
import tapkit.train.HumanizeReadings.Hit;

class HumanizeTrainingTest {
    private static final HumanizeRecipe SMALL = new HumanizeRecipe(new HumanizeRecipe.Network(1, 12, 0.1, 9, 1, 0.3),
            HumanizeRecipe.SHIPPED.getFirst().loss(), HumanizeRecipe.SHIPPED.getFirst().variation(),
            HumanizeRecipe.SHIPPED.getFirst().calibration(), 6,
            new Optimiser(4, 8, 0.02, 4, 1, 0.9, 12));

    @TempDir
    private Path folder;
    private final StringWriter log = new StringWriter();

    @Test
    void shouldTrainACommitteeAndShipWhatPlays() throws IOException {
        GrooveDataset dataset = SmallDataset.write(folder);
        HumanizeCommittee committee = new HumanizeCommittee(dataset, List.of(SMALL.withEpochs(8), SMALL.withEpochs(6)), 3);
        Path file = committee.train(folder.resolve("out"), new PrintWriter(log, true), false, "test");
        List<String> curve = Files.readAllLines(folder.resolve("out/net-1/humanize.csv"));
        assertThat(loss(curve.getLast())).isLessThan(0.8 * loss(curve.get(1)));
        HumanizeModel model = HumanizeModel.load(file.toString());
        assertThat(model.members()).hasSize(2);
        assertThat(model.memory()).isPresent();
        assertThat(model.card()).containsEntry("seed", "3").containsKey("validation: cut");
        assertThat(folder.resolve("out/humanize.md")).content().contains("CC BY 4.0", "| 1 (default) |");
        // What is done is not done again, and what is lost is.
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(folder.resolve("out/net-2/humanize.checkpoint"));
        log.getBuffer().setLength(0);
        committee.train(folder.resolve("out"), new PrintWriter(log, true), true, "test");
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
        assertThat(log.toString()).containsOnlyOnce("epoch 6:").doesNotContain("epoch 8:");
        // Dynamics of these beats: backbeats loud, off-beats soft.
        List<Hit> hits = new HumanizeReadings(dataset.takes(Split.VALIDATION)).of(model);
        assertThat(hits).isNotEmpty();
        assertThat(hits.stream().filter(hit -> hit.velocity() > 0.75).mapToDouble(Hit::readVelocity).average().orElseThrow())
                .isGreaterThan(0.1 + hits.stream().filter(hit -> hit.velocity() < 0.5).mapToDouble(Hit::readVelocity).average()
                        .orElseThrow());
    }

    @Test
    void shouldEndWithTheSameBytesWhenStoppedAndResumed() throws IOException {
        GrooveDataset dataset = SmallDataset.write(folder);
        byte[] whole = Files.readAllBytes(train(dataset, SMALL, "whole"));
        Trainer stopped = trainer(dataset, SMALL, "stopped");
        stopped.stopAfter(2);
        stopped.train(false, "test");
        assertThat(Files.readAllBytes(trainer(dataset, SMALL, "stopped").train(true, "test"))).isEqualTo(whole);
    }

    @Test
    void shouldDrawChunksThatAreAsIfTimeWereCut() throws IOException {
        HumanizeExamples examples = new HumanizeExamples(new ChunkSampler(SmallDataset.write(folder).takes(Split.TRAIN),
                new HumanizeRecipe.Variation(4, 0.6, 0.3, 1, 0.1, 0.04)), 0.1);
        SplittableRandom random = new SplittableRandom(5);
        Chunk chunk = new Chunk(4);
        int cuts = 0;
        int lateDownbeats = 0;
        for (int n = 0; n < 200; n++) {
            examples.draw(random, chunk);
            for (int bar = 0; bar < 4; bar++) {
                int downbeat = bar * Grid.STEPS_PER_BAR * Grid.VOICES;
                for (int cell = downbeat; cell < downbeat + Grid.STEPS_PER_BAR * Grid.VOICES; cell++) {
                    assertThat(chunk.inside[bar] || chunk.hits[cell] == 0).isTrue();
                    if (chunk.cut[bar] && cell < downbeat + Grid.VOICES && chunk.hits[cell] != 0) {
                        assertThat(chunk.offsets[cell]).isNotNegative();
                        lateDownbeats++;
                    }
                }
                cuts += chunk.cut[bar] ? 1 : 0;
            }
        }
        assertThat(cuts).isGreaterThan(200);
        assertThat(lateDownbeats).isPositive();
    }

    /** Readings half as wide as the truth: to be like it they must be doubled, to be near it they are right. */
    @Test
    void shouldStretchReadingsAsFarAsTheLimitAsks() {
        SplittableRandom random = new SplittableRandom(1);
        List<Hit> hits = random.longs(4000).mapToObj(SplittableRandom::new).map(r -> {
            double known = 0.05 * r.nextGaussian();
            double unknown = 0.0866 * r.nextGaussian();
            return new Hit(r.nextInt(4), known + unknown, known, 0.5, 0.5 + 0.001 * r.nextGaussian(), 125);
        }).toList();
        HumanizeTuning tuning = new HumanizeTuning(hits);
        Calibration close = tuning.search(new HumanizeRecipe.Calibration(0.01, 100));
        assertThat(close.timingSpread()).allSatisfy(stretch -> assertThat(stretch).isBetween(1.6, 2.4));
        Calibration exact = tuning.search(new HumanizeRecipe.Calibration(100, 100));
        assertThat(exact.timingSpread()).allSatisfy(stretch -> assertThat(stretch).isBetween(0.85, 1.15));
        assertThat(exact.timingExact()).allSatisfy(stretch -> assertThat(stretch).isBetween(0.85, 1.15));
        Map<String, Double> figures = tuning.figures(close, false);
        assertThat(figures.get("timing KL")).isLessThanOrEqualTo(0.011);
        assertThat(figures.get("MSE")).isGreaterThan(tuning.figures(close, true).get("MSE"));
    }

    private Path train(GrooveDataset dataset, HumanizeRecipe recipe, String out) {
        return trainer(dataset, recipe, out).train(false, "test");
    }

    private Trainer trainer(GrooveDataset dataset, HumanizeRecipe recipe, String out) {
        return new Trainer(new HumanizeTraining(dataset, recipe, 3), folder.resolve(out), new PrintWriter(log, true));
    }

    private static double loss(String line) {
        return Double.parseDouble(line.split(",", -1)[1]);
    }
}
