package tapkit.train;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.MultiDataSet;
import tapkit.UserError;
import tapkit.data.GrooveDataset;
import tapkit.data.Split;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.evaluate.TapInput;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;
import tapkit.model.Decoder;
import tapkit.model.LstmConfig;
import tapkit.model.LstmTapModel;
import tapkit.model.Models;
import tapkit.model.Tensor;
import tapkit.model.nd4j.LstmGraph;

/** Training of the live Tap2Drum model, which {@code tapkit play} maps. */
public final class TapTraining implements TrainingTask {
    private final TapRecipe recipe;
    private final TrainingPlan plan;
    private final LstmConfig config;
    private final TapExamples examples;
    private final TapBatch batch;
    private final TapCalibrator calibrator;
    private final Validation withheld;
    private final Validation known;
    private final TapWindow taps = new TapWindow();
    private final Groove drums = new Groove();

    public TapTraining(GrooveDataset dataset, TapRecipe recipe, long seed) {
        this.recipe = recipe;
        config = LstmTapModel.config(recipe.network().layers(), recipe.network().hidden());
        examples = new TapExamples(dataset.takes(Split.TRAIN), recipe.variation());
        plan = new TrainingPlan(Models.TAP2DRUM, recipe.optimiser(), recipe.toString(), seed,
                examples.size() / recipe.optimiser().batch());
        batch = new TapBatch(recipe.optimiser().batch());
        calibrator = new TapCalibrator(dataset);
        List<Window> cut = Window.of(dataset.takes(Split.VALIDATION), Windowing.CUT);
        withheld = new Validation("no velocity", cut, new TapInput(false, false, TapCalibrator.EVALUATION_SEED),
                recipe.optimiser().batch(),
                config);
        known = new Validation("with velocity", cut, new TapInput(true, false, TapCalibrator.EVALUATION_SEED),
                recipe.optimiser().batch(),
                config);
        if (examples.size() < recipe.optimiser().batch() || cut.isEmpty()) {
            throw new UserError("the dataset has " + examples.size() + " training and " + cut.size()
                    + " validation windows, too few to train on; get all of it");
        }
    }

    @Override
    public TrainingPlan plan() {
        return plan;
    }

    @Override
    public ComputationGraph network() {
        ComputationGraph graph = LstmGraph.create(config, Grid.STEPS, DataType.FLOAT, recipe.network().dropout(), plan.seed(),
                plan.adam(), new GrooveLoss(false, recipe.loss().velocity(), recipe.loss().offset()));
        LstmGraph.startFrom(graph, config, "hits",
                Arrays.stream(examples.rates()).map(Decoder::logOdds).toArray());
        return graph;
    }

    @Override
    public MultiDataSet batch(SplittableRandom random) {
        for (int n = 0; n < recipe.optimiser().batch(); n++) {
            examples.draw(random, taps, drums);
            batch.setTaps(n, taps);
            batch.setDrums(n, drums);
        }
        return batch.examples();
    }

    @Override
    public List<Epoch.Score> validate(ComputationGraph graph) {
        return List.of(withheld.run(graph).score(), known.run(graph).score());
    }

    @Override
    public Path export(ComputationGraph graph, List<Epoch> history, Path out, String command) {
        Path file = plan.model(out);
        ModelCard card = new ModelCard(plan.recipe(), Long.toString(plan.seed()), command, Integer.toString(history.size()),
                Optional.of(Integer.toString(Epoch.best(history).number())));
        List<Tensor> tensors = LstmGraph.tensors(graph, config).stream().map(this::shrinkOffsets).toList();
        Models.save(file, config, tensors, withheld.run(graph).found().thresholds(), known.run(graph).found().thresholds(),
                card.metadata(Map.of()));
        return calibrator.run(Models.load(file), out);
    }

    private Tensor shrinkOffsets(Tensor tensor) {
        if (!tensor.name().startsWith("offset.")) {
            return tensor;
        }
        float[] values = tensor.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) recipe.loss().offsetShare();
        }
        return Tensor.of(tensor.name(), values, tensor.shape().stream().mapToInt(Integer::intValue).toArray());
    }
}
