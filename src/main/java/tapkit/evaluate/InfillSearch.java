package tapkit.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.evaluate.Table.Cell;
import tapkit.evaluate.Table.Row;
import tapkit.grid.Grid;
import tapkit.grid.Voice;
import tapkit.model.Infiller;

/**
 * The search for the thresholds of the trivial answers to Infilling: for each voice the best F1 with hits per bar within 30 % of the
 * truth; where none is, the nearest hits per bar.
 */
public final class InfillSearch {
    /** Twentieths: of the votes, and of what regression predicts. */
    private static final int CANDIDATES = 14;
    private static final double TWENTIETH = 0.05;
    private static final double LIMIT = 0.3;

    /** What a threshold of so many twentieths reaches. */
    private record Tried(int twentieths, double f1, double hits, double truth) {
        private double apart() {
            return Math.abs(hits / truth - 1);
        }
    }

    private InfillSearch() {
    }

    /** Searches on windows that are cut by time. */
    public static Table table(EvaluationSet set) {
        List<Window> training = set.training(Windowing.CUT);
        List<Row> rows = new ArrayList<>();
        for (Voice voice : Voice.values()) {
            Tried vote = search(set, voice, n -> new NearestVote(training, all(n)));
            Tried linear = search(set, voice,
                    n -> new LinearInfiller(training, Arrays.stream(all(n)).mapToDouble(i -> i * TWENTIETH).toArray()));
            rows.add(Row.of(voice.label(), Cell.of(vote.truth, 3), Cell.of(Integer.toString(vote.twentieths)),
                    Cell.of(vote.f1, 3), Cell.of(vote.hits, 3),
                    Cell.of(String.format(Locale.ROOT, "%.2f", linear.twentieths * TWENTIETH)), Cell.of(linear.f1, 3),
                    Cell.of(linear.hits, 3)));
        }
        return new Table("Infilling: thresholds of the trivial answers, " + set.split() + " split", List.of("voice", "hits/bar",
                "votes of 20", "F1", "hits/bar", "linear threshold", "F1", "hits/bar"), rows, List.of());
    }

    private static Tried search(EvaluationSet set, Voice voice, IntFunction<Infiller> model) {
        List<Tried> tried = new ArrayList<>();
        for (int n = 1; n <= CANDIDATES; n++) {
            InfillMetrics m = new InfillEvaluation(set, Windowing.CUT, model.apply(n), Set.of(voice), 1).metrics();
            tried.add(new Tried(n, m.onset().f1(), m.density().mean().answer(), m.density().mean().truth()));
        }
        return tried.stream().filter(t -> t.apart() <= LIMIT).max(Comparator.comparingDouble(Tried::f1))
                .orElseGet(() -> tried.stream().min(Comparator.comparingDouble(Tried::apart)).orElseThrow());
    }

    private static int[] all(int value) {
        int[] values = new int[Grid.VOICES];
        Arrays.fill(values, value);
        return values;
    }
}
