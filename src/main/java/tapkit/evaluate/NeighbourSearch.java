package tapkit.evaluate;

import java.util.ArrayList;
import java.util.List;
import tapkit.data.Windowing;
import tapkit.evaluate.Table.Cell;
import tapkit.evaluate.Table.Row;

/** The search for K of {@link NearestHumanizer}: what each number of neighbours reaches. */
public final class NeighbourSearch {
    private static final int[] NUMBERS = {1, 2, 3, 5, 10, 15, 20, 25, 30, 40, 50, 100};

    private NeighbourSearch() {
    }

    /** Measures all of them on windows that are cut by time. */
    public static Table table(EvaluationSet set) {
        List<Row> rows = new ArrayList<>();
        for (int k : NUMBERS) {
            var evaluation = new HumanizeEvaluation(set, Windowing.CUT, new NearestHumanizer(set.training(Windowing.CUT), k),
                    1);
            rows.add(Row.of(Integer.toString(k), Cell.of(evaluation.value(HumanizeMetric.TIMING_MAE_MS), 3),
                    Cell.of(evaluation.value(HumanizeMetric.TIMING_MSE), 5),
                    Cell.of(evaluation.value(HumanizeMetric.TIMING_KL), 3),
                    Cell.of(evaluation.value(HumanizeMetric.VELOCITY_KL), 3),
                    Cell.of(evaluation.value(HumanizeMetric.VELOCITY_MAE), 4)));
        }
        return new Table("KNN: number of neighbours, " + set.split() + " split",
                List.of("K", "timing MAE ms", "timing MSE", "timing KL", "velocity KL", "velocity MAE"), rows, List.of());
    }
}
