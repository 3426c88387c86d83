package tapkit.train;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.MultiDataSet;
import tapkit.UserError;
import tapkit.data.GrooveDataset;
import tapkit.data.Split;
import tapkit.grid.Grid;
import tapkit.grid.Voice;
import tapkit.model.Chunk;
import tapkit.model.InfillDecoding;
import tapkit.model.InfillFeatures;
import tapkit.model.InfillModel;
import tapkit.model.LstmConfig;
import tapkit.model.OffsetBins;
import tapkit.model.nd4j.LstmGraph;
import tapkit.train.InfillTuning.Found;

/** Training of one network of the model that {@code tapkit infill} fills voices in with. */
public final class InfillTraining implements TrainingTask {
    /** Voices rarer than this start as if they were not. */
    private static final double LEAST_RATE = 0.003;

    private final InfillRecipe recipe;
    private final TrainingPlan plan;
    private final OffsetBins bins;
    private final LstmConfig config;
    private final ChunkSampler sampler;
    private final InfillExamples examples;
    private final InfillTuning tuning;
    private final Chunk chunk;
    private final boolean[] hidden = new boolean[Grid.VOICES];
    private final PerformanceBatch batch;

    public InfillTraining(GrooveDataset dataset, InfillRecipe recipe, long seed) {
        this.recipe = recipe;
        plan = new TrainingPlan(InfillModel.SHIPPED, recipe.optimiser(), recipe.toString(), seed, recipe.batches());
        bins = new OffsetBins(recipe.network().bins());
        config = InfillModel.config(recipe.network().layers(), recipe.network().hidden(), bins);
        sampler = new ChunkSampler(dataset.takes(Split.TRAIN), recipe.variation());
        examples = new InfillExamples(sampler, recipe.masks(), recipe.noise());
        tuning = new InfillTuning(dataset.takes(Split.VALIDATION), recipe.hitsLimit(), recipe.calibration());
        if (tuning.windows() == 0) {
            throw new UserError("the dataset has no validation takes of two bars, too little to train on; get all of it");
        }
        chunk = new Chunk(recipe.variation().bars());
        batch = new PerformanceBatch(recipe.optimiser().batch(), chunk.steps(), InfillFeatures.COUNT);
    }

    @Override
    public TrainingPlan plan() {
        return plan;
    }

    @Override
    public ComputationGraph network() {
        ComputationGraph graph = LstmGraph.create(config, chunk.steps(), DataType.FLOAT, recipe.network().dropout(),
                plan.seed(),
                plan.adam(), new PerformanceLoss(recipe.loss(), bins.count(), recipe.hits()));
        LstmGraph.scaleHeads(graph, recipe.network().headScale());
        LstmGraph.startFrom(graph, config, "hits", Arrays.stream(sampler.rates()).map(rate -> Math.max(rate, LEAST_RATE))
                .map(rate -> Math.log(rate / (1 - rate))).toArray());
        LstmGraph.startFrom(graph, config, "timing", sampler.logHistogram(bins));
        return graph;
    }

    @Override
    public MultiDataSet batch(SplittableRandom random) {
        for (int n = 0; n < batch.size; n++) {
            examples.draw(random, chunk, hidden);
            InfillFeatures.fill(chunk, hidden, batch.features(), batch.from(n), batch.stride());
            batch.setTruth(n, chunk, hidden);
        }
        return batch.examples();
    }

    /** The paper's task: the closed hi-hat. */
    @Override
    public List<Epoch.Score> validate(ComputationGraph graph) {
        Found found = tuning.alone(model(graph), Voice.CLOSED_HAT);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("F1", found.f1());
        figures.put("velocity KL", found.velocity().divergence());
        return List.of(new Epoch.Score("closed hat, cut", found.f1(), figures));
    }

    /** Just the weights: thresholds are the committee's. */
    @Override
    public Path export(ComputationGraph graph, List<Epoch> history, Path out, String command) {
        Path file = plan.model(out);
        model(graph).with(InfillDecoding.NONE, plan.provenance(history, command).metadata()).save(file);
        return file;
    }

    private InfillModel model(ComputationGraph graph) {
        return InfillModel.of(plan.name(), config, LstmGraph.tensors(graph, config), bins, recipe.network().context());
    }
}
