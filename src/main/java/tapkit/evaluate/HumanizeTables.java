package tapkit.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import tapkit.UserError;
import tapkit.data.Windowing;
import tapkit.evaluate.Table.Cell;
import tapkit.evaluate.Table.Row;
import tapkit.grid.Groove;
import tapkit.model.Humanizer;

/** The paper's Table 1 with ours beside it: Humanization by every model. */
final class HumanizeTables {
    private static final Setting ACCURATE = new Setting(Setting.DEFAULT.engine(), OptionalDouble.of(0));
    private static final String OURS = "ours";

    /**
     * A row.
     *
     * @param models  by name; the mean of several seeds
     * @param paper   the paper's figures on the test split: MAE, MSE, timing KL, velocity KL; empty where they are not quoted
     * @param command what trains it, or empty
     */
    private record Entry(String name, List<String> models, Setting setting, List<Double> paper, String command) {
    }

    private static final List<Entry> ENTRIES = List.of(
            new Entry("quantized", List.of(Humanizers.QUANTIZED), Setting.DEFAULT, List.of(22.6, 0.041), ""),
            new Entry("Gaussian jitter", List.of(Humanizers.JITTER), Setting.DEFAULT, List.of(), ""),
            new Entry("linear regression", List.of(Humanizers.LINEAR), Setting.DEFAULT, List.of(19.77, 0.033, 4.79, 1.70), ""),
            new Entry("KNN, K = 20", List.of(Humanizers.KNN), Setting.DEFAULT, List.of(22.34, 0.043, 1.10, 0.53), ""),
            new Entry("KNN, K = 1 (template)", List.of(Humanizers.KNN_1), Setting.DEFAULT, List.of(), ""),
            new Entry("KNN, K = all (template)", List.of(Humanizers.KNN_ALL), Setting.DEFAULT, List.of(), ""),
            new Entry("MLP", List.of(Humanizers.MLP), Setting.DEFAULT, List.of(19.25, 0.032, 7.62, 2.22), "mlp humanize"),
            new Entry("Seq2Seq", List.of("seq2seq"), Setting.DEFAULT, List.of(18.80, 0.032, 0.31, 0.08), "seq2seq humanize"),
            new Entry("Seq2Seq + VIB", List.of("seq2seq-vib"), Setting.DEFAULT, List.of(18.47, 0.028, 2.80, 0.22),
                    "seq2seq-vib humanize"),
            new Entry("Groove Transfer", List.of("groove-transfer"), Setting.DEFAULT, List.of(25.04, 0.052, 0.24, 0.12),
                    "groove-transfer humanize"),
            new Entry("Groove Transfer + VIB", List.of("groove-transfer-vib"), Setting.DEFAULT,
                    List.of(24.49, 0.051, 0.27, 0.20),
                    "groove-transfer-vib humanize"),
            new Entry(OURS, List.of(Humanizers.DEFAULT, "table/humanize-2", "table/humanize-3"), Setting.DEFAULT, List.of(),
                    "humanize"),
            new Entry("ours, for accuracy alone", List.of(Humanizers.DEFAULT, "table/humanize-2", "table/humanize-3"), ACCURATE,
                    List.of(), "humanize"));

    private static final List<HumanizeMetric> SHOWN = List.of(HumanizeMetric.TIMING_MAE_MS, HumanizeMetric.TIMING_MSE,
            HumanizeMetric.TIMING_KL, HumanizeMetric.VELOCITY_KL, HumanizeMetric.VELOCITY_MAE);
    private static final int[] DIGITS = {2, 4, 2, 2, 3};
    private static final int[] PAPER_DIGITS = {2, 3, 2, 2};

    private final EvaluationSet set;
    private final long seed;
    private final Consumer<String> progress;
    private final List<String> missing = new ArrayList<>();
    private List<Groove> ours = List.of();

    HumanizeTables(EvaluationSet set, long seed, Consumer<String> progress) {
        this.set = set;
        this.seed = seed;
        this.progress = progress;
    }

    List<Table> tables() {
        Map<Entry, HumanizeMetrics> cut = measure(ENTRIES, Windowing.CUT);
        List<Table> tables = new ArrayList<>(List.of(main(cut)));
        HumanizeMetrics best = cut.entrySet().stream().filter(e -> e.getKey().name.equals(OURS)).map(Map.Entry::getValue)
                .findFirst().orElse(null);
        if (best != null) {
            tables.add(differences(cut, best));
        }
        List<Entry> few = ENTRIES.stream().filter(e -> List.of(Humanizers.QUANTIZED, Humanizers.LINEAR, Humanizers.DEFAULT)
                .contains(e.models.getFirst())).toList();
        tables.add(table("Humanization as tapkit plays: windows on the grid, nothing lost",
                measure(few, Windowing.ALIGNED), List.of()));
        return tables;
    }

    /** What ours plays in windows that are cut by time; empty if there is no model. */
    List<Groove> ours() {
        return ours;
    }

    private Map<Entry, HumanizeMetrics> measure(List<Entry> entries, Windowing how) {
        Map<Entry, HumanizeMetrics> results = new LinkedHashMap<>();
        for (Entry entry : entries) {
            List<HumanizeMetrics> seeds = new ArrayList<>();
            for (String model : entry.models) {
                Humanizer humanizer;
                try {
                    humanizer = Humanizers.open(model, entry.setting, how, () -> set.training(how));
                } catch (UserError e) {
                    missing(entry, seeds.isEmpty() ? "is left out" : "is of " + seeds.size() + " seed(s), not of three", e);
                    break;
                }
                progress.accept("humanize, " + how + " windows: " + entry.name + " (" + model + ")");
                var evaluation = new HumanizeEvaluation(set, how, humanizer, seed);
                seeds.add(evaluation.metrics());
                if (entry.name.equals(OURS) && how == Windowing.CUT && ours.isEmpty()) {
                    ours = evaluation.answers();
                }
            }
            if (!seeds.isEmpty()) {
                results.put(entry, HumanizeMetrics.mean(seeds));
            }
        }
        return results;
    }

    private void missing(Entry entry, String what, UserError why) {
        String note = "'" + entry.name + "' " + what + ": the weights are not there; ./tapkit train " + entry.command
                + " --data DIR makes them";
        if (!missing.contains(note)) {
            missing.add(note);
            progress.accept(entry.name + ": " + why.getMessage());
        }
    }

    private Table main(Map<Entry, HumanizeMetrics> results) {
        Table ours = table("Humanization: the paper's Table 1 with ours beside it", results, missing);
        List<String> columns = new ArrayList<>(ours.columns());
        columns.addAll(List.of("paper MAE", "MSE", "t. KL", "v. KL"));
        List<Row> rows = new ArrayList<>();
        int at = 0;
        for (Entry entry : results.keySet()) {
            List<Cell> cells = new ArrayList<>(ours.rows().get(at++).cells());
            for (int i = 0; i < PAPER_DIGITS.length; i++) {
                cells.add(i < entry.paper.size() ? Cell.of(entry.paper.get(i), PAPER_DIGITS[i]) : Cell.NONE);
            }
            rows.add(new Row(entry.name, cells));
        }
        rows.add(Row.of("best of the paper, any model", Cell.NONE, Cell.NONE, Cell.NONE, Cell.NONE, Cell.NONE,
                Cell.of(18.47, 2), Cell.of(0.028, 3), Cell.of(0.24, 2), Cell.of(0.08, 2)));
        List<String> notes = new ArrayList<>(List.of(
                results.values().stream().findFirst().map(m -> m.windows() + " windows cut by time, " + m.notes() + " notes; ")
                        .orElse("") + "MAE in milliseconds, MSE in sixteenths², velocities / 127; [95 % over files]",
                "paper: Gillick et al. (ICML 2019), on the TEST split; where nothing stands it is not quoted",
                "ours is the mean of its seeds; for accuracy alone means --temperature 0",
                "one row: ./tapkit evaluate humanize --data DIR --model NAME; NAME may be "
                        + String.join(", ", ENTRIES.stream().map(entry -> entry.models.getFirst()).distinct().toList())));
        notes.addAll(ours.notes());
        return new Table(ours.title(), columns, rows, notes);
    }

    private static Table table(String title, Map<Entry, HumanizeMetrics> results, List<String> notes) {
        List<Row> rows = new ArrayList<>();
        results.forEach((entry, metrics) -> rows.add(row(entry.name, metrics.estimates())));
        return new Table(title, columns(), rows, notes);
    }

    private static Table differences(Map<Entry, HumanizeMetrics> results, HumanizeMetrics ours) {
        List<Row> rows = new ArrayList<>();
        results.forEach((entry, metrics) -> {
            if (!entry.name.equals(OURS)) {
                Map<HumanizeMetric, Estimate> differences = new LinkedHashMap<>();
                SHOWN.forEach(metric -> differences.put(metric,
                        ours.estimates().get(metric).minus(metrics.estimates().get(metric))));
                rows.add(row("ours − " + entry.name, differences));
            }
        });
        return new Table("Humanization: what ours is ahead, by the paired bootstrap over files", columns(), rows,
                List.of("negative: ours is better; certain where the interval does not hold 0",
                        "one row: ./tapkit evaluate humanize --data DIR --versus NAME (the first seed of ours)"));
    }

    private static List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("model"));
        SHOWN.forEach(metric -> columns.add(metric.title()));
        return columns;
    }

    private static Row row(String name, Map<HumanizeMetric, Estimate> estimates) {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < SHOWN.size(); i++) {
            Estimate estimate = estimates.get(SHOWN.get(i));
            cells.add(Math.abs(estimate.value()) > 1000 ? Cell.NONE : Cell.of(estimate, DIGITS[i]));
        }
        return new Row(name, cells);
    }
}
