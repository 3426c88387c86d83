package tapkit.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tapkit.UserError;
import tapkit.data.Windowing;
import tapkit.evaluate.Table.Cell;
import tapkit.evaluate.Table.Row;
import tapkit.grid.Voice;
import tapkit.model.Infiller;

/** Infilling: the paper's task (the closed hi-hat) by every model, and every voice by ours. */
final class InfillTables {
    private static final String OURS = "ours";
    private static final Map<String, String> MODELS = models();
    private static final Map<String, Set<Voice>> PARTS = parts();

    private final EvaluationSet set;
    private final long seed;
    private final Consumer<String> progress;
    private final Map<String, Infiller> infillers = new HashMap<>();

    InfillTables(EvaluationSet set, long seed, Consumer<String> progress) {
        this.set = set;
        this.seed = seed;
        this.progress = progress;
    }

    List<Table> tables() {
        Map<String, Map<Voice, InfillMetrics>> results = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        MODELS.forEach((name, model) -> {
            try {
                results.put(name, measure(name, infiller(model)));
            } catch (UserError e) {
                missing.add("'" + name + "' is left out: the weights are not there; ./tapkit train "
                        + (name.equals(OURS) ? "" : model + " ") + "infill --data DIR makes them");
                progress.accept(name + ": " + e.getMessage());
            }
        });
        return List.of(closedHat(results, missing), voices(results), together());
    }

    private Map<Voice, InfillMetrics> measure(String name, Infiller infiller) {
        Map<Voice, InfillMetrics> byVoice = new EnumMap<>(Voice.class);
        boolean reference = name.startsWith("Seq2Seq"); // knows the paper's task only
        for (Voice voice : reference ? List.of(Voice.CLOSED_HAT) : List.of(Voice.values())) {
            progress.accept("infill, cut windows: " + name + ", " + voice.label());
            byVoice.put(voice, new InfillEvaluation(set, Windowing.CUT, infiller, Set.of(voice), seed).metrics());
        }
        return byVoice;
    }

    private static Table closedHat(Map<String, Map<Voice, InfillMetrics>> results, List<String> missing) {
        List<Row> rows = new ArrayList<>();
        results.forEach((name, byVoice) -> {
            InfillMetrics m = byVoice.get(Voice.CLOSED_HAT);
            rows.add(Row.of(name, Cell.of(m.f1(), 3), Cell.of(m.onset().precision(), 3), Cell.of(m.onset().recall(), 3),
                    Cell.of(m.density().mean().answer(), 2), Cell.of(m.density().mean().truth(), 2),
                    Cell.of(m.density().mae(), 2), Cell.of(m.density().corr(), 2), Cell.of(m.presence().accuracy(), 3),
                    Cell.of(m.matched().offsetMaeMs(), 1), Cell.of(m.matched().velocityMae(), 3), timingKl(m), velocityKl(m)));
        });
        List<String> notes = new ArrayList<>(List.of("hits per bar: of the answer, of the truth, mean distance, correlation; "
                + "presence: share of windows where it is right whether there are hats at all; timing and velocity MAE at hits "
                + "in both; [95 % over files]",
                "one row: ./tapkit evaluate infill --data DIR --voice closed-hat --model NAME; "
                        + "NAME may be " + String.join(", ", MODELS.values())));
        notes.addAll(missing);
        return new Table("Infilling: the closed hi-hat taken out and played anew", List.of("model", "F1", "precision", "recall",
                "hits/bar", "truth", "MAE", "corr.", "presence", "timing MAE ms", "velocity MAE", "timing KL", "velocity KL"),
                rows,
                notes);
    }

    private static Table voices(Map<String, Map<Voice, InfillMetrics>> results) {
        List<Row> rows = new ArrayList<>();
        for (Voice voice : Voice.values()) {
            String best = Infillers.TRIVIAL.stream()
                    .max(Comparator.comparingDouble(name -> results.get(name).get(voice).f1().value())).orElseThrow();
            Estimate trivial = results.get(best).get(voice).f1();
            Map<Voice, InfillMetrics> ours = results.get(OURS);
            if (ours == null) {
                rows.add(Row.of(voice.label(), Cell.NONE, Cell.of(trivial, 3), Cell.of(best), Cell.NONE, Cell.NONE, Cell.NONE,
                        Cell.NONE, Cell.NONE, Cell.NONE, Cell.NONE));
                continue;
            }
            InfillMetrics m = ours.get(voice);
            rows.add(Row.of(voice.label(), Cell.of(m.f1(), 3), Cell.of(trivial, 3), Cell.of(best),
                    Cell.of(m.f1().minus(trivial), 3), Cell.of(m.density().mean().answer(), 3),
                    Cell.of(m.density().mean().truth(), 3), Cell.of(m.matched().offsetMaeMs(), 1),
                    Cell.of(m.matched().velocityMae(), 3), timingKl(m), velocityKl(m)));
        }
        return new Table("Infilling: each voice taken out and played anew by ours",
                List.of("voice", "F1", "best trivial F1", "by",
                        "ours − trivial, paired", "hits/bar", "truth", "timing MAE ms", "velocity MAE", "timing KL",
                        "velocity KL"),
                rows,
                List.of("timing and velocity KL: over the steps of a beat on which both have 20 hits at least",
                        "the trivial answers' thresholds were set for each voice on validation, too: ./tapkit evaluate infill --search",
                        "all rows: ./tapkit evaluate infill --data DIR [--model NAME]"));
    }

    /** What a producer asks for next: a whole part of the kit. */
    private Table together() {
        List<Row> rows = new ArrayList<>();
        PARTS.forEach((part, voices) -> {
            InfillMetrics trivial = null;
            String best = "";
            for (String name : Infillers.TRIVIAL) {
                InfillMetrics metrics = together(name, part, voices);
                if (trivial == null || metrics.f1().value() > trivial.f1().value()) {
                    trivial = metrics;
                    best = name;
                }
            }
            try {
                InfillMetrics m = together(Infillers.DEFAULT, part, voices);
                rows.add(Row.of(part, Cell.of(m.f1(), 3), Cell.of(trivial.f1(), 3), Cell.of(best),
                        Cell.of(m.f1().minus(trivial.f1()), 3), Cell.of(m.density().mean().answer(), 2),
                        Cell.of(m.density().mean().truth(), 2), Cell.of(m.matched().offsetMaeMs(), 1),
                        Cell.of(m.matched().velocityMae(), 3), timingKl(m), velocityKl(m)));
            } catch (UserError e) {
                progress.accept(e.getMessage());
            }
        });
        return new Table("Infilling: several voices taken out at once and played anew by ours",
                List.of("part", "F1", "best trivial F1", "by", "ours − trivial, paired", "hits/bar", "truth", "timing MAE ms",
                        "velocity MAE", "timing KL", "velocity KL"),
                rows, List.of("one row: ./tapkit evaluate infill --data DIR --together --voice NAME,NAME [--model NAME]"));
    }

    private InfillMetrics together(String model, String part, Set<Voice> voices) {
        progress.accept("infill, cut windows: " + model + ", " + part);
        return new InfillEvaluation(set, Windowing.CUT, infiller(model), voices, seed).metrics();
    }

    /** Each is opened, and the trivial ones fitted, once for all tables. */
    private Infiller infiller(String model) {
        return infillers.computeIfAbsent(model,
                name -> Infillers.open(name, Setting.DEFAULT, Windowing.CUT, () -> set.training(Windowing.CUT)));
    }

    private static Map<String, Set<Voice>> parts() {
        Map<String, Set<Voice>> parts = new LinkedHashMap<>();
        parts.put("kick and snare", EnumSet.of(Voice.KICK, Voice.SNARE));
        parts.put("hats and ride", EnumSet.of(Voice.CLOSED_HAT, Voice.OPEN_HAT, Voice.RIDE));
        parts.put("toms and crash", EnumSet.of(Voice.LOW_TOM, Voice.MID_TOM, Voice.HIGH_TOM, Voice.CRASH));
        return parts;
    }

    private static Cell timingKl(InfillMetrics metrics) {
        return metrics.distribution() == null ? Cell.NONE : Cell.of(metrics.distribution().timingKl(), 2);
    }

    private static Cell velocityKl(InfillMetrics metrics) {
        return metrics.distribution() == null ? Cell.NONE : Cell.of(metrics.distribution().velocityKl(), 2);
    }

    /** By their names in the table. */
    private static Map<String, String> models() {
        Map<String, String> models = new LinkedHashMap<>();
        Infillers.TRIVIAL.forEach(name -> models.put(name, name));
        models.put("Seq2Seq", "seq2seq");
        models.put(OURS, Infillers.DEFAULT);
        return models;
    }
}
