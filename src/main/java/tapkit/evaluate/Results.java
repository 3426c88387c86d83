package tapkit.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import tapkit.data.DatasetFigures;
import tapkit.data.Split;
import tapkit.data.Take;
import tapkit.data.Windowing;
import tapkit.evaluate.Table.Cell;
import tapkit.evaluate.Table.Row;
import tapkit.grid.Groove;

/** Every task, every model, every number: the tables of docs/results.md. A model whose weights are not there is named, not measured. */
public final class Results {
    private final List<Table> tables = new ArrayList<>();
    private final EvaluationSet set;
    private final List<Groove> humanized;

    /**
     * Measures everything, which takes minutes.
     *
     * @param seed     of what models leave to chance
     * @param progress is told what is being measured
     */
    public Results(EvaluationSet set, long seed, Consumer<String> progress) {
        this.set = set;
        List<Row> splits = new ArrayList<>();
        if (set.split() != Split.TRAIN) {
            splits.add(figures(Split.TRAIN, set.trainingTakes()));
        }
        splits.add(figures(set.split(), set.takes()));
        tables.add(dataset(splits));
        HumanizeTables humanize = new HumanizeTables(set, seed, progress);
        tables.addAll(humanize.tables());
        humanized = humanize.ours();
        tables.addAll(new InfillTables(set, seed, progress).tables());
        tables.addAll(new Tap2DrumTables(set, seed, progress).tables());
    }

    public List<Table> tables() {
        return List.copyOf(tables);
    }

    /** The drummers' offsets, {@link Offsets} of cut windows. */
    public Offsets drummers() {
        return Offsets.of(set.windows(Windowing.CUT).stream().map(window -> window.groove()).toList());
    }

    /** Those of our Humanization; without notes if there is no model. */
    public Offsets ours() {
        return Offsets.of(humanized);
    }

    /** A table of what splits amount to. */
    public static Table dataset(List<Row> splits) {
        return new Table("The dataset: takes in 4/4, windows cut by time", List.of("split", "takes", "with windows", "windows",
                "note cells", "notes", "lost to the grid", ""), splits, List.of("./tapkit evaluate dataset --data DIR"));
    }

    /** A row of it, which says whether it is the released split. */
    public static Row figures(Split split, List<Take> takes) {
        DatasetFigures figures = DatasetFigures.of(takes);
        return Row.of(split.label(), count(figures.takes()), count(figures.withWindows()), count(figures.windows()),
                count(figures.cells()), count(figures.notes()),
                Cell.of(String.format(Locale.ROOT, "%.1f %%", 100 * figures.lost())),
                Cell.of(figures.matches(split) ? "as released" : "NOT AS RELEASED: figures cannot be compared"));
    }

    private static Cell count(int count) {
        return new Cell(String.format(Locale.ROOT, "%,d", count), (double) count, null, null);
    }
}
