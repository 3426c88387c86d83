package tapkit.train;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import tapkit.OutputFile;
import tapkit.data.GrooveDataset;
import tapkit.data.Split;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.evaluate.EvaluationSet;
import tapkit.evaluate.HumanizeEvaluation;
import tapkit.evaluate.HumanizeMetric;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.model.Mlp;

/**
 * Training of the paper's multilayer perceptron for Humanization: mean squares over all cells of windows that are cut by time, the
 * zeros of silent cells counted in.
 */
public final class MlpTraining implements TrainingTask {
    /** Enough to see validation turn. */
    public static final int EPOCHS = 40;

    private static final String HIDDEN = "hidden";
    private static final String OUTPUT = "output";
    private static final List<HumanizeMetric> FIGURES = List.of(HumanizeMetric.TIMING_MAE_MS, HumanizeMetric.TIMING_MSE,
            HumanizeMetric.TIMING_KL, HumanizeMetric.VELOCITY_KL, HumanizeMetric.VELOCITY_MAE);

    private final TrainingPlan plan;
    private final List<Window> training;
    private final EvaluationSet validation;
    private final float[] hits;
    private final float[] labels;

    public MlpTraining(GrooveDataset dataset, int epochs, long seed) {
        Optimiser optimiser = new Optimiser(epochs, 64, 1e-3, 100, 1e9, 0.99, 10);
        validation = new EvaluationSet(dataset, Split.VALIDATION);
        training = validation.training(Windowing.CUT);
        plan = new TrainingPlan("mlp", optimiser, "MLP of " + Mlp.HIDDEN + " rectified units, " + optimiser, seed,
                Math.max(1, training.size() / optimiser.batch()));
        hits = new float[optimiser.batch() * Grid.CELLS];
        labels = new float[optimiser.batch() * Mlp.OUTPUTS];
    }

    @Override
    public TrainingPlan plan() {
        return plan;
    }

    @Override
    public ComputationGraph network() {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder().seed(plan.seed())
                .dataType(DataType.FLOAT)
                .updater(plan.adam()).weightInit(WeightInit.XAVIER).graphBuilder()
                .addInputs("hits")
                .addLayer(HIDDEN, new DenseLayer.Builder().nIn(Grid.CELLS).nOut(Mlp.HIDDEN).activation(Activation.RELU).build(),
                        "hits")
                .addLayer(OUTPUT, new OutputLayer.Builder(LossFunction.MSE).nIn(Mlp.HIDDEN).nOut(Mlp.OUTPUTS)
                        .activation(Activation.IDENTITY).build(), HIDDEN)
                .setOutputs(OUTPUT).build());
        graph.init();
        return graph;
    }

    @Override
    public MultiDataSet batch(SplittableRandom random) {
        for (int n = 0; n < plan.optimiser().batch(); n++) {
            Groove drums = training.get(random.nextInt(training.size())).groove();
            System.arraycopy(drums.hits, 0, hits, n * Grid.CELLS, Grid.CELLS);
            System.arraycopy(drums.offsets, 0, labels, n * Mlp.OUTPUTS, Grid.CELLS);
            System.arraycopy(drums.velocities, 0, labels, n * Mlp.OUTPUTS + Grid.CELLS, Grid.CELLS);
        }
        return new MultiDataSet(array(hits), array(labels));
    }

    @Override
    public List<Epoch.Score> validate(ComputationGraph graph) {
        Map<HumanizeMetric, Double> results = measure(mlp(graph));
        Map<String, Double> figures = new LinkedHashMap<>();
        results.forEach((metric, value) -> figures.put(metric.title(), value));
        return List.of(new Epoch.Score("cut", -results.get(HumanizeMetric.TIMING_MAE_MS), figures));
    }

    @Override
    public Path export(ComputationGraph graph, List<Epoch> history, Path out, String command) {
        Path file = plan.model(out);
        int best = Epoch.best(history).number();
        Map<String, String> metadata = new TreeMap<>(Map.of("task", "humanize", "data",
                "Groove MIDI Dataset 1.0.0 (CC BY 4.0), train split, takes in 4/4", "command", command, "recipe", plan.recipe(),
                "seed", Long.toString(plan.seed()), "epoch", Integer.toString(best)));
        mlp(graph).save(file, metadata);
        StringBuilder rows = new StringBuilder();
        measure(Mlp.load(file)).forEach((metric, value) -> rows
                .append(String.format(Locale.ROOT, "| %s | %.4f |%n", metric.title(), value)));
        String card = """
                # mlp: the paper's multilayer perceptron for Humanization

                All hits of two bars in, %d rectified units, all offsets and velocities out; %d weights, half precision. A row of the
                table in docs/results.md, nothing that is played.

                Trained by `%s` on the Groove MIDI Dataset 1.0.0 (CC BY 4.0), train split, takes in 4/4, windows cut by time: mean
                squares over all cells, as for linear regression. Seed %d; the averaged weights after epoch %d of %d, where validation
                was best. Recipe: `%s`.

                Validation, cut windows, as stored:

                | metric | |
                |---|---|
                %s"""
                .formatted(Mlp.HIDDEN, graph.params().length(), command, plan.seed(), best, history.size(), plan.recipe(),
                        rows);
        OutputFile.write(out.resolve(plan.name() + ".md"), card.getBytes(StandardCharsets.UTF_8));
        return file;
    }

    private Map<HumanizeMetric, Double> measure(Mlp mlp) {
        var evaluation = new HumanizeEvaluation(validation, Windowing.CUT, mlp, 1);
        Map<HumanizeMetric, Double> results = new LinkedHashMap<>();
        FIGURES.forEach(metric -> results.put(metric, evaluation.value(metric)));
        return results;
    }

    private static Mlp mlp(ComputationGraph graph) {
        return new Mlp(weights(graph, HIDDEN, "W"), weights(graph, HIDDEN, "b"), weights(graph, OUTPUT, "W"),
                weights(graph, OUTPUT, "b"));
    }

    private static float[] weights(ComputationGraph graph, String layer, String name) {
        return graph.getLayer(layer).getParam(name).dup('c').data().asFloat();
    }

    private INDArray array(float[] values) {
        return Nd4j.createFromArray(values).reshape('c', plan.optimiser().batch(), values.length / plan.optimiser().batch());
    }
}
