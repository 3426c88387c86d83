package tapkit.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tapkit.data.GrooveDataset;
import tapkit.data.Split;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;
import tapkit.model.Prediction;
import tapkit.model.ScoreIndex;
import tapkit.model.Seq2SeqConfig;
import tapkit.model.Seq2SeqTapModel;
import tapkit.model.Seq2SeqTask;
import tapkit.model.StepSampler;
import tapkit.model.nd4j.Seq2Seq;

/** How well one of the paper's LSTM models writes the validation windows (cut) by itself. */
final class Seq2SeqValidation {
    /** Least probability of a hit that sounds and is told to the next step. */
    private static final double THRESHOLD = Seq2SeqTapModel.FED_BACK;

    private final Seq2SeqConfig config;
    private final Seq2SeqTask task;
    private final int batch;
    private final List<Window> windows;
    /** Groove Transfer only: training windows, and which of them are near each validation window. */
    private final List<Window> training;
    private final int[][] near;

    Seq2SeqValidation(Seq2SeqConfig config, GrooveDataset dataset, int batch) {
        this.config = config;
        this.batch = batch;
        task = config.task();
        windows = Window.of(dataset.takes(Split.VALIDATION), Windowing.CUT);
        if (task == Seq2SeqTask.TRANSFER) {
            training = Window.of(dataset.takes(Split.TRAIN), Windowing.CUT);
            ScoreIndex nearest = new ScoreIndex(training.stream().map(Window::groove).toList());
            near = windows.stream().map(window -> nearest.find(window.groove(), ScoreIndex.K)).toArray(int[][]::new);
        } else {
            training = List.of();
            near = new int[0][];
        }
    }

    List<Epoch.Score> run(ComputationGraph graph) {
        Seq2Seq network = new Seq2Seq(graph, config, batch);
        if (task != Seq2SeqTask.TRANSFER) {
            return List.of(score("cut", write(network, true), true));
        }
        // What it is for is to carry a feel over: its own is the one whose outcome is known. Whether it fits others is only shown.
        return List.of(score("own feel", write(network, true), true), score("three nearest", write(network, false), false));
    }

    /** What the network writes of each window. */
    private record Written(List<Prediction> said, List<Groove> grooves, List<TapWindow> taps) {
    }

    /** @param own whether z is that of the window itself, else the mean of those near it */
    private Written write(Seq2Seq network, boolean own) {
        Written written = new Written(new ArrayList<>(), new ArrayList<>(),
                windows.stream().map(window -> taps(window.groove())).toList());
        Map<Integer, float[]> embeddings = own ? Map.of() : embeddings(network);
        for (int from = 0; from < windows.size(); from += batch) {
            int count = Math.min(batch, windows.size() - from);
            List<StepSampler> samplers = new ArrayList<>();
            List<Groove> truths = new ArrayList<>();
            List<Groove> out = new ArrayList<>();
            for (int n = from; n < from + count; n++) {
                truths.add(windows.get(n).groove());
                samplers.add(sampler(windows.get(n).groove(), written.taps.get(n)));
                out.add(new Groove());
            }
            INDArray z = own ? network.embed(read(truths)) : means(from, count, embeddings);
            written.said.addAll(network.write(z, truths, samplers, out));
            written.grooves.addAll(out);
        }
        return written;
    }

    /** The best thresholds of a network that answers taps, one for each voice. */
    float[] thresholds(ComputationGraph graph) {
        Written written = write(new Seq2Seq(graph, config, batch), true);
        return Validation.judge("no velocity", windows, written.taps, written.said).found().thresholds();
    }

    private Epoch.Score score(String condition, Written written, boolean counts) {
        return switch (task) {
            case TAP2DRUM -> Validation.judge("no velocity", windows, written.taps, written.said).score();
            case HUMANIZE, TRANSFER -> performance(condition, written.grooves, counts);
            case INFILL -> onsets(written.grooves, Seq2SeqTask.MISSING.ordinal(), 1);
            case SAMPLE -> onsets(written.grooves, 0, Grid.VOICES);
        };
    }

    private StepSampler sampler(Groove truth, TapWindow taps) {
        return switch (task) {
            case TAP2DRUM -> StepSampler.at(taps, THRESHOLD);
            case HUMANIZE, TRANSFER -> StepSampler.hitsOf(truth);
            case INFILL -> StepSampler.missing(Seq2SeqTask.MISSING.ordinal(), truth, THRESHOLD);
            case SAMPLE -> StepSampler.likely(THRESHOLD);
        };
    }

    private static TapWindow taps(Groove groove) {
        TapWindow taps = new TapWindow();
        taps.collapse(groove);
        return taps;
    }

    /** What the encoder reads of up to a batch of windows; the rest is silence. */
    private INDArray read(List<Groove> grooves) {
        float[] rows = new float[Grid.STEPS * batch * Seq2SeqConfig.COLUMNS];
        Groove heard = new Groove();
        for (int n = 0; n < grooves.size(); n++) {
            task.read(grooves.get(n), heard);
            for (int step = 0; step < Grid.STEPS; step++) {
                Seq2Seq.row(heard, step, rows, (step * batch + n) * Seq2SeqConfig.COLUMNS);
            }
        }
        return Nd4j.createFromArray(rows).reshape('c', Grid.STEPS * batch, Seq2SeqConfig.COLUMNS);
    }

    /** Embeddings of the training windows that are near any validation window. */
    private Map<Integer, float[]> embeddings(Seq2Seq network) {
        List<Integer> wanted = Arrays.stream(near).flatMapToInt(Arrays::stream).sorted().distinct().boxed().toList();
        Map<Integer, float[]> embeddings = new LinkedHashMap<>();
        for (int from = 0; from < wanted.size(); from += batch) {
            List<Integer> some = wanted.subList(from, Math.min(from + batch, wanted.size()));
            INDArray z = network.embed(read(some.stream().map(i -> training.get(i).groove()).toList()));
            for (int n = 0; n < some.size(); n++) {
                embeddings.put(some.get(n), z.getRow(n).dup().data().asFloat());
            }
        }
        return embeddings;
    }

    private INDArray means(int from, int count, Map<Integer, float[]> embeddings) {
        INDArray z = Nd4j.zeros(DataType.FLOAT, batch, config.latent());
        for (int n = 0; n < count; n++) {
            for (int neighbour : near[from + n]) {
                INDArray row = z.getRow(n);
                row.addi(Nd4j.createFromArray(embeddings.get(neighbour)).div(near[from + n].length));
            }
        }
        return z;
    }

    /**
     * Timing and velocity at the hits, which are given.
     *
     * @param counts whether early stopping goes by it
     */
    private Epoch.Score performance(String condition, List<Groove> written, boolean counts) {
        double hits = 0;
        double millis = 0;
        double squares = 0;
        double velocity = 0;
        double velocitySquares = 0;
        for (int i = 0; i < windows.size(); i++) {
            Groove truth = windows.get(i).groove();
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                if (truth.hits[cell] != 0) {
                    double offset = written.get(i).offsets[cell] - truth.offsets[cell];
                    double loud = written.get(i).velocities[cell] - truth.velocities[cell];
                    hits++;
                    millis += Math.abs(offset) * windows.get(i).stepMillis();
                    squares += offset * offset;
                    velocity += Math.abs(loud);
                    velocitySquares += loud * loud;
                }
            }
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("timing MAE ms", millis / hits);
        figures.put("timing MSE", squares / hits);
        figures.put("velocity MAE", velocity / hits);
        figures.put("velocity MSE", velocitySquares / hits);
        return new Epoch.Score(condition, counts ? -(squares + velocitySquares) / hits : 0, figures);
    }

    /** Hits of some voices. */
    private Epoch.Score onsets(List<Groove> written, int firstVoice, int voices) {
        double truths = 0;
        double made = 0;
        double both = 0;
        for (int i = 0; i < windows.size(); i++) {
            for (int step = 0; step < Grid.STEPS; step++) {
                for (int voice = firstVoice; voice < firstVoice + voices; voice++) {
                    boolean truth = windows.get(i).groove().isHit(step, voice);
                    boolean own = written.get(i).isHit(step, voice);
                    truths += truth ? 1 : 0;
                    made += own ? 1 : 0;
                    both += truth && own ? 1 : 0;
                }
            }
        }
        double bars = windows.size() * (double) Grid.BARS;
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("F1", 2 * both / Math.max(1, truths + made));
        figures.put("hits per bar", made / bars);
        figures.put("truth", truths / bars);
        return new Epoch.Score("cut", figures.get("F1"), figures);
    }
}
