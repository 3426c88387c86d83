package tapkit.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import tapkit.data.Window;
import tapkit.evaluate.TapInput;
import tapkit.evaluate.TapThresholds;
import tapkit.grid.Grid;
import tapkit.grid.TapWindow;
import tapkit.model.LstmConfig;
import tapkit.model.Prediction;
import tapkit.model.nd4j.LstmGraph;

/** One condition on validation windows: what the network says, and how good its hits are at the best thresholds. */
final class Validation {
    /** Worth of macro F1 beside F1, for thresholds and for early stopping. */
    static final double MACRO_WEIGHT = 0.1;
    /** How far hits per bar may be from the truth's. */
    private static final double HITS_LIMIT = 0.1;

    private final String condition;
    private final List<Window> windows;
    private final List<TapWindow> taps = new ArrayList<>();
    private final TapBatch batch;
    private final LstmConfig config;

    /** @param batch windows that the network gets at once */
    Validation(String condition, List<Window> windows, TapInput input, int batch, LstmConfig config) {
        this.condition = condition;
        this.windows = windows;
        this.batch = new TapBatch(batch);
        this.config = config;
        for (int i = 0; i < windows.size(); i++) {
            TapWindow window = new TapWindow();
            input.taps(windows.get(i), i, window);
            taps.add(window);
        }
    }

    /** What came out, for the history, and the thresholds behind it. */
    record Result(Epoch.Score score, TapThresholds.Found found) {
    }

    Result run(ComputationGraph graph) {
        return judge(condition, windows, taps, predict(graph));
    }

    /** Searches thresholds for what a network says about windows. */
    static Result judge(String condition, List<Window> windows, List<TapWindow> taps, List<Prediction> predictions) {
        TapThresholds thresholds = new TapThresholds(MACRO_WEIGHT, TapThresholds.Limits.ofHits(HITS_LIMIT), List.of());
        double entropy = 0;
        for (int i = 0; i < windows.size(); i++) {
            thresholds.add(taps.get(i), predictions.get(i), windows.get(i).groove());
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                double p = Math.clamp(predictions.get(i).probabilities[cell], 1e-6, 1 - 1e-6);
                entropy -= Math.log(windows.get(i).groove().hits[cell] != 0 ? p : 1 - p) / Grid.STEPS / windows.size();
            }
        }
        TapThresholds.Found found = thresholds.search();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("entropy", entropy);
        figures.put("F1", found.f1());
        figures.put("macro F1", found.macroF1());
        return new Result(new Epoch.Score(condition, found.f1() + MACRO_WEIGHT * found.macroF1(), figures), found);
    }

    private List<Prediction> predict(ComputationGraph graph) {
        List<Prediction> predictions = new ArrayList<>();
        for (int from = 0; from < taps.size(); from += batch.size()) {
            List<Prediction> out = new ArrayList<>();
            for (int n = 0; n < batch.size(); n++) {
                // The last batch is filled up with the last window.
                batch.setTaps(n, taps.get(Math.min(from + n, taps.size() - 1)));
                out.add(new Prediction());
            }
            split(LstmGraph.run(graph, config, batch.input()), out);
            predictions.addAll(out.subList(0, Math.min(batch.size(), taps.size() - from)));
        }
        return predictions;
    }

    /** Heads are time-major over the whole batch. */
    private static void split(float[][] heads, List<Prediction> out) {
        for (int n = 0; n < out.size(); n++) {
            Prediction prediction = out.get(n);
            for (int step = 0; step < Grid.STEPS; step++) {
                int from = (step * out.size() + n) * Grid.VOICES;
                int to = Grid.cell(step, 0);
                System.arraycopy(heads[0], from, prediction.probabilities, to, Grid.VOICES);
                System.arraycopy(heads[1], from, prediction.velocities, to, Grid.VOICES);
                System.arraycopy(heads[2], from, prediction.offsets, to, Grid.VOICES);
            }
        }
    }
}
