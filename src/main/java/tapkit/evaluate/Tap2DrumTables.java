package tapkit.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tapkit.UserError;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.evaluate.Table.Cell;
import tapkit.evaluate.Table.Row;
import tapkit.model.Models;

/** Tap2Drum: the trivial answers and the models, in each condition. */
final class Tap2DrumTables {
    private final EvaluationSet set;
    private final long seed;
    private final Consumer<String> progress;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>(
            List.of("macro F1: mean over voices; answered: share of taps; W1: earth mover's distance of hits per bar; JS in bits, of "
                    + "voice × step in the bar; copies: answers that are a training window, note for note; [95 % over files]",
                    "hands: taps disturbed as real hands do; timing is then measured against the drummer, not the hands",
                    "one row: ./tapkit evaluate tap2drum --data DIR [--model NAME] [--tap-velocity] [--hands]"));

    Tap2DrumTables(EvaluationSet set, long seed, Consumer<String> progress) {
        this.set = set;
        this.seed = seed;
        this.progress = progress;
    }

    List<Table> tables() {
        for (String trivial : Drummers.TRIVIAL) {
            add(trivial, trivial, false, false);
        }
        add("Seq2Seq (the paper's)", "seq2seq-tap2drum", false, false);
        for (boolean hands : new boolean[]{false, true}) {
            for (boolean velocity : new boolean[]{false, true}) {
                add("ours" + (velocity ? ", with velocity" : "") + (hands ? ", hands" : ""), Models.TAP2DRUM, velocity, hands);
            }
        }
        return List.of(new Table("Tap2Drum: taps in, a whole kit out (velocity withheld unless said)", List.of("model", "F1",
                "macro F1", "answered", "hits/bar", "truth", "W1", "JS", "timing MAE ms", "velocity MAE", "timing KL",
                "velocity KL", "copies"), rows, notes));
    }

    private void add(String name, String model, boolean velocity, boolean hands) {
        List<Window> training = set.training(Windowing.CUT);
        Drummer drummer;
        try {
            drummer = Drummers.open(model, Setting.DEFAULT, () -> training);
        } catch (UserError e) {
            notes.add("'" + name + "' is left out: the weights are not there; ./tapkit train "
                    + (model.equals(Models.TAP2DRUM) ? "" : "seq2seq ") + "tap2drum --data DIR makes them");
            progress.accept(name + ": " + e.getMessage());
            return;
        }
        progress.accept("tap2drum, cut windows: " + name);
        Tap2DrumMetrics m = new Tap2DrumEvaluation(set.windows(Windowing.CUT), new TapInput(velocity, hands, seed), drummer,
                seed)
                .metrics(training);
        rows.add(Row.of(name, Cell.of(m.onset().f1(), m.onset().f1FileCi(), 3), Cell.of(m.macroF1(), 3),
                Cell.of(m.tapCoverage(), 3), Cell.of(m.densityMean().answer(), 2), Cell.of(m.densityMean().truth(), 2),
                Cell.of(m.densityW1(), 2), Cell.of(m.voicePosJs(), 3), Cell.of(m.matched().offsetMaeMs(), 1),
                Cell.of(m.matched().velocityMae(), 3), Cell.of(m.distribution().timingKl(), 2),
                Cell.of(m.distribution().velocityKl(), 2), Cell.of(m.novelty().copies(), 4)));
    }
}
