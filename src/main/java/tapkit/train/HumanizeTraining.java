package tapkit.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.MultiDataSet;
import tapkit.UserError;
import tapkit.data.GrooveDataset;
import tapkit.data.Split;
import tapkit.model.Calibration;
import tapkit.model.Chunk;
import tapkit.model.HumanizeFeatures;
import tapkit.model.HumanizeModel;
import tapkit.model.LstmConfig;
import tapkit.model.OffsetBins;
import tapkit.model.nd4j.LstmGraph;

/** Training of one network of the model that {@code tapkit humanize} plays scores with. */
public final class HumanizeTraining implements TrainingTask {
    private final HumanizeRecipe recipe;
    private final TrainingPlan plan;
    private final OffsetBins bins;
    private final LstmConfig config;
    private final ChunkSampler sampler;
    private final HumanizeExamples examples;
    private final HumanizeReadings validation;
    private final Chunk chunk;
    private final PerformanceBatch batch;

    public HumanizeTraining(GrooveDataset dataset, HumanizeRecipe recipe, long seed) {
        this.recipe = recipe;
        plan = new TrainingPlan(HumanizeModel.SHIPPED, recipe.optimiser(), recipe.toString(), seed, recipe.batches());
        bins = new OffsetBins(recipe.network().bins());
        config = HumanizeModel.config(recipe.network().layers(), recipe.network().hidden(), bins);
        sampler = new ChunkSampler(dataset.takes(Split.TRAIN), recipe.variation());
        examples = new HumanizeExamples(sampler, recipe.variation().voices());
        validation = new HumanizeReadings(dataset.takes(Split.VALIDATION));
        if (validation.windows() == 0) {
            throw new UserError("the dataset has no validation takes of two bars, too little to train on; get all of it");
        }
        chunk = new Chunk(recipe.variation().bars());
        batch = new PerformanceBatch(recipe.optimiser().batch(), chunk.steps(), HumanizeFeatures.COUNT);
    }

    @Override
    public TrainingPlan plan() {
        return plan;
    }

    @Override
    public ComputationGraph network() {
        ComputationGraph graph = LstmGraph.create(config, chunk.steps(), DataType.FLOAT, recipe.network().dropout(),
                plan.seed(),
                plan.adam(), new PerformanceLoss(recipe.loss(), bins.count(), 0));
        LstmGraph.scaleHeads(graph, recipe.network().headScale());
        LstmGraph.startFrom(graph, config, "timing", sampler.logHistogram(bins));
        return graph;
    }

    @Override
    public MultiDataSet batch(SplittableRandom random) {
        for (int n = 0; n < batch.size; n++) {
            examples.draw(random, chunk);
            HumanizeFeatures.fill(chunk, batch.features(), batch.from(n), batch.stride());
            batch.setTruth(n, chunk, PerformanceBatch.everyVoice());
        }
        return batch.examples();
    }

    /** The paper's columns with the stretch that leads them all. */
    @Override
    public List<Epoch.Score> validate(ComputationGraph graph) {
        HumanizeTuning tuning = new HumanizeTuning(validation.of(model(graph)));
        Map<String, Double> figures = tuning.figures(tuning.search(recipe.calibration()), false);
        return List.of(new Epoch.Score("cut", -HumanizeTuning.cost(figures), figures));
    }

    @Override
    public Path export(ComputationGraph graph, List<Epoch> history, Path out, String command) {
        Path file = plan.model(out);
        HumanizeModel model = model(graph);
        Calibration calibration = new HumanizeTuning(validation.of(model)).search(recipe.calibration());
        model.with(model.members(), model.memory(), calibration, plan.provenance(history, command).metadata()).save(file);
        return file;
    }

    private HumanizeModel model(ComputationGraph graph) {
        return HumanizeModel.of(plan.name(), config, LstmGraph.tensors(graph, config), bins, recipe.network().context());
    }
}
