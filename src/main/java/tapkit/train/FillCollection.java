package tapkit.train;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tapkit.OutputFile;
import tapkit.UserError;
import tapkit.data.GrooveDataset;
import tapkit.data.Quantizer;
import tapkit.data.Split;
import tapkit.data.Take;
import tapkit.data.Windowing;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.model.Fills;

/** Collects drummers' fills: the last bar of each take that {@code info.csv} calls a fill, if it has one or two bars. */
public final class FillCollection implements Training {
    private static final int MOST_BARS = 2;
    /** With fewer hits it is a stroke, not a fill. */
    private static final int LEAST_HITS = 6;

    private final GrooveDataset dataset;

    public FillCollection(GrooveDataset dataset) {
        this.dataset = dataset;
    }

    @Override
    public Path train(Path out, PrintWriter log, boolean resume, String command) {
        List<Take> takes = dataset.fills(Split.TRAIN);
        List<Fills.Fill> fills = new ArrayList<>();
        for (Take take : takes) {
            int bars = Quantizer.bars(take.score());
            Groove groove = new Groove();
            Quantizer.groove(take.score(), bars - 1, Windowing.ALIGNED, groove);
            for (int step = Grid.STEPS_PER_BAR; step < Grid.STEPS; step++) { // where the fill lands is not of it
                for (int voice = 0; voice < Grid.VOICES; voice++) {
                    groove.remove(step, voice);
                }
            }
            if (bars >= 1 && bars <= MOST_BARS && groove.hitCount() >= LEAST_HITS) {
                fills.add(new Fills.Fill(take.bpm(), groove));
            }
        }
        if (fills.isEmpty()) {
            throw new UserError("none of the " + takes.size() + " takes that info.csv calls fills has one or two bars");
        }
        log.printf("%d fills of %d takes%n", fills.size(), takes.size());
        Path file = out.resolve(Fills.SHIPPED + ".safetensors");
        Fills.of(fills).save(file, new Provenance(Fills.SHIPPED, "none", 0, command, 0, 0).metadata());
        OutputFile.write(out.resolve(Fills.SHIPPED + ".md"), card(fills.size(), takes.size(), command)
                .getBytes(StandardCharsets.UTF_8));
        return file;
    }

    private static String card(int fills, int takes, String command) {
        return """
                # fills: what a fill is put together from

                Not a network: %d bars that drummers played as fills, as hits, velocities and microtiming (fp16). A fill is drawn beat by
                beat: it goes on as it was played, or, half the time, as another one that was like it in the beat before, among those of
                a tempo near the song's.

                - **Data**: the last bar of each of the %d takes that the dataset calls fills, where the take has one or two bars and the
                  bar six hits or more. %s, %s. %s
                - **Made by**: `%s`
                - **Limits**: ten drummers, mostly one of them, on one electronic kit, in 4/4. Styles are mixed; only tempo is looked at.
                """
                .formatted(fills, takes, ModelCard.DATA, ModelCard.LICENCE, ModelCard.CITATION, command);
    }
}
