package tapkit.train;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tapkit.OutputFile;
import tapkit.UserError;
import tapkit.data.GrooveDataset;
import tapkit.data.Quantizer;
import tapkit.data.Split;
import tapkit.data.Take;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.model.Fills;
import tapkit.model.Styles;

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
                fills.add(new Fills.Fill(take.bpm(), take.mainStyle(), groove));
            }
        }
        if (fills.isEmpty()) {
            throw new UserError("none of the " + takes.size() + " takes that info.csv calls fills has one or two bars");
        }
        Styles styles = Styles.of(beats(Split.TRAIN, fills));
        Told told = told(styles, beats(Split.VALIDATION, fills));
        log.printf("%d fills of %d takes; styles of %d windows of validation told: %d, if all were the most usual: %d%n",
                fills.size(),
                takes.size(), told.windows, told.right, told.usual);
        Path file = out.resolve(Fills.SHIPPED + ".safetensors");
        Fills.of(fills, styles).save(file, new Provenance(Fills.SHIPPED, "none", 0, command, 0, 0).metadata());
        OutputFile.write(out.resolve(Fills.SHIPPED + ".md"), card(fills.size(), takes.size(), told, command)
                .getBytes(StandardCharsets.UTF_8));
        return file;
    }

    /** Windows of beats, by those styles that there are fills of. */
    private List<Styles.Example> beats(Split split, List<Fills.Fill> fills) {
        Set<String> styles = fills.stream().map(Fills.Fill::style).collect(Collectors.toSet());
        Map<String, List<Groove>> beats = new TreeMap<>();
        for (Take take : dataset.beats(split)) {
            if (!styles.contains(take.mainStyle())) {
                continue;
            }
            List<Groove> grooves = beats.computeIfAbsent(take.mainStyle(), style -> new ArrayList<>());
            Window.of(List.of(take), Windowing.ALIGNED).forEach(window -> grooves.add(window.groove()));
        }
        beats.values().removeIf(List::isEmpty);
        return beats.entrySet().stream().map(entry -> new Styles.Example(entry.getKey(), entry.getValue())).toList();
    }

    /**
     * How well styles are told.
     *
     * @param windows of validation
     * @param right   taken for the style that they are called
     * @param usual   those that are of the style that most are of
     */
    private record Told(int windows, int right, int usual) {
    }

    private static Told told(Styles styles, List<Styles.Example> examples) {
        int windows = 0;
        int right = 0;
        int usual = 0;
        for (Styles.Example example : examples) {
            int style = styles.names().indexOf(example.style());
            windows += example.grooves().size();
            usual = Math.max(usual, example.grooves().size());
            right += (int) example.grooves().stream().filter(groove -> styles.of(groove) == style).count();
        }
        return new Told(windows, right, usual);
    }

    private static String card(int fills, int takes, Told told, String command) {
        return """
                # fills: what a fill is put together from

                Not a network: %d bars that drummers played as fills, as hits, velocities and microtiming (fp16). A fill is drawn beat by
                beat: it goes on as it was played, or, half the time, as another one that was like it in the beat before, among those of
                a tempo near the song's and of the style that is played. That style is told from where the drums fall: naive Bayes over the
                cells of a bar, learned from the beats of each style. Of %d windows of the validation split's beats %d are taken for the style that
                they are called, where %d would be if all were taken for the most usual one.

                - **Data**: the last bar of each of the %d takes that the dataset calls fills, where the take has one or two bars and the
                  bar six hits or more. %s, %s. %s
                - **Made by**: `%s`
                - **Limits**: ten drummers, mostly one of them, on one electronic kit, in 4/4. Many takes are rock, some styles are
                  one or two takes: a rare style is often taken for a near one. Styles without fills of their own take those of a near one.
                """
                .formatted(fills, told.windows, told.right, told.usual, takes, ModelCard.DATA, ModelCard.LICENCE,
                        ModelCard.CITATION, command);
    }
}
