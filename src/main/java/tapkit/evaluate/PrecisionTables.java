package tapkit.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import tapkit.data.Windowing;
import tapkit.evaluate.Table.Cell;
import tapkit.evaluate.Table.Row;
import tapkit.model.InferenceEngine;
import tapkit.model.Models;
import tapkit.model.Precision;

/** Whether fewer bits a weight move a metric: the models that ship and the paper's, each in every precision. */
public final class PrecisionTables {
    private static final List<InferenceEngine> ENGINES = List.of(InferenceEngine.VECTOR_FP32, InferenceEngine.VECTOR_BF16,
            InferenceEngine.VECTOR_INT8);

    private final EvaluationSet set;
    private final long seed;
    private final Consumer<String> progress;

    /** @param progress hears what is being measured */
    public PrecisionTables(EvaluationSet set, long seed, Consumer<String> progress) {
        this.set = set;
        this.seed = seed;
        this.progress = progress;
    }

    /** Tap2Drum, without and with the taps' velocity; Humanization. Windows are cut as the paper cuts them. */
    public List<Table> tables() {
        List<Row> taps = new ArrayList<>();
        tap2Drum(Models.TAP2DRUM, false, taps);
        tap2Drum(Models.TAP2DRUM, true, taps);
        tap2Drum(PaperModels.TAP2DRUM, false, taps);
        List<Row> humanized = new ArrayList<>();
        humanize(Humanizers.DEFAULT, humanized);
        humanize("seq2seq", humanized);
        return List.of(
                new Table("Tap2Drum by the weights' precision",
                        List.of("model", "onset F1", "macro F1", "hits per bar", "timing MAE ms", "velocity MAE",
                                "voice x position JS", "timing KL", "velocity KL"),
                        taps, List.of("paper: seq2seq-tap2drum, of the paper's size")),
                new Table("Humanization by the weights' precision",
                        List.of("model", "timing MAE ms", "timing MSE", "timing KL", "velocity KL"), humanized, List.of()));
    }

    private void tap2Drum(String model, boolean velocityKnown, List<Row> rows) {
        for (InferenceEngine engine : ENGINES) {
            String name = name(model + (velocityKnown ? ", velocity" : ""), engine);
            var metrics = new Tap2DrumEvaluation(set.windows(Windowing.CUT), new TapInput(velocityKnown, false, seed),
                    Drummers.open(model, setting(engine), List::of), seed).metrics();
            rows.add(Row.of(name, Cell.of(metrics.onset().f1(), 4), Cell.of(metrics.macroF1(), 4),
                    Cell.of(metrics.densityMean().answer(), 2), Cell.of(metrics.matched().offsetMaeMs(), 2),
                    Cell.of(metrics.matched().velocityMae(), 4), Cell.of(metrics.voicePosJs(), 4),
                    Cell.of(metrics.distribution().timingKl(), 4), Cell.of(metrics.distribution().velocityKl(), 4)));
        }
    }

    private void humanize(String model, List<Row> rows) {
        for (InferenceEngine engine : ENGINES) {
            String name = name(model, engine);
            var evaluation = new HumanizeEvaluation(set, Windowing.CUT,
                    Humanizers.open(model, setting(engine), Windowing.CUT, List::of), seed);
            rows.add(Row.of(name, Cell.of(evaluation.value(HumanizeMetric.TIMING_MAE_MS), 2),
                    Cell.of(evaluation.value(HumanizeMetric.TIMING_MSE), 5),
                    Cell.of(evaluation.value(HumanizeMetric.TIMING_KL), 4),
                    Cell.of(evaluation.value(HumanizeMetric.VELOCITY_KL), 4)));
        }
    }

    private String name(String model, InferenceEngine engine) {
        String name = model + ", " + engine.precision() + (engine.precision() == Precision.SHIPPED ? " (ships)" : "");
        progress.accept(name);
        return name;
    }

    private static Setting setting(InferenceEngine engine) {
        return new Setting(engine, OptionalDouble.empty());
    }
}
