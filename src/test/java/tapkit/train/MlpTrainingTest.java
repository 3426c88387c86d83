package tapkit.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.data.GrooveDataset;
import tapkit.data.Quantizer;
import tapkit.data.Split;
import tapkit.data.Take;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.evaluate.Datasets;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.model.Mlp;

class MlpTrainingTest {
    @TempDir
    Path folder;

    @Test
    void shouldLearnGoOnAfterAStopAndEndWithTheSameBytes() throws Exception {
        GrooveDataset dataset = GrooveDataset.open(Datasets.write(folder));
        Path whole = train(dataset, folder.resolve("whole"), Integer.MAX_VALUE, false);
        train(dataset, folder.resolve("parts"), 20, false);
        Path parts = train(dataset, folder.resolve("parts"), Integer.MAX_VALUE, true);
        assertThat(Files.readAllBytes(parts)).isEqualTo(Files.readAllBytes(whole));
        Take take = dataset.takes(Split.VALIDATION).getFirst();
        Window window = Window.of(List.of(take), Windowing.CUT).getFirst();
        Groove groove = new Groove();
        System.arraycopy(window.groove().hits, 0, groove.hits, 0, groove.hits.length);
        Mlp.load(whole).humanize(Quantizer.piece(take.score()).score(), 0, 1, groove);
        assertThat(groove.hits).isEqualTo(window.groove().hits);
        assertThat(groove.velocities[Grid.cell(4, 1)]).isNotZero();
        List<String> curve = Files.readAllLines(whole.resolveSibling("mlp.csv"));
        assertThat(loss(curve.getLast())).isLessThan(0.7 * loss(curve.get(1)));
    }

    private static double loss(String line) {
        return Double.parseDouble(line.split(",", -1)[1]);
    }

    private static Path train(GrooveDataset dataset, Path out, int stop, boolean resume) {
        Trainer trainer = new Trainer(new MlpTraining(dataset, 40, 1), out, new PrintWriter(new StringWriter()));
        trainer.stopAfter(stop);
        return trainer.train(resume, "test");
    }
}
