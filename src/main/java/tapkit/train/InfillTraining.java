package tapkit.train;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import tapkit.OutputFile;
import tapkit.UserError;
import tapkit.data.GrooveDataset;
import tapkit.data.Split;
import tapkit.grid.Grid;
import tapkit.grid.Voice;
import tapkit.model.Chunk;
import tapkit.model.InfillFeatures;
import tapkit.model.InfillModel;
import tapkit.model.InfillModel.Decoding;
import tapkit.model.LstmConfig;
import tapkit.model.NumberType;
import tapkit.model.OffsetBins;
import tapkit.model.Tensor;
import tapkit.model.nd4j.LstmGraph;
import tapkit.train.InfillTuning.Found;

/** Training of the model that {@code tapkit infill} fills voices in with. */
public final class InfillTraining implements TrainingTask {
    /** Voices rarer than this start as if they were not. */
    private static final double LEAST_RATE = 0.003;

    private final InfillRecipe recipe;
    private final long seed;
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
        this.seed = seed;
        bins = new OffsetBins(recipe.network().bins());
        config = InfillModel.config(recipe.network().layers(), recipe.network().hidden(), bins);
        sampler = new ChunkSampler(dataset.takes(Split.TRAIN), recipe.variation());
        examples = new InfillExamples(sampler, recipe.masks(), recipe.velocity());
        tuning = new InfillTuning(dataset.takes(Split.VALIDATION), recipe.hitsLimit(), recipe.velocityKl());
        if (tuning.windows() == 0) {
            throw new UserError("the dataset has no validation takes of two bars, too little to train on; get all of it");
        }
        chunk = new Chunk(recipe.variation().bars());
        batch = new PerformanceBatch(recipe.optimiser().batch(), chunk.steps(), InfillFeatures.COUNT);
    }

    @Override
    public String name() {
        return InfillModel.SHIPPED;
    }

    @Override
    public Optimiser optimiser() {
        return recipe.optimiser();
    }

    @Override
    public String recipe() {
        return recipe.toString();
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public int batches() {
        return recipe.batches();
    }

    @Override
    public ComputationGraph network() {
        ComputationGraph graph = LstmGraph.create(config, chunk.steps(), DataType.FLOAT, recipe.network().dropout(), seed,
                new Adam(recipe.optimiser().schedule(batches())),
                new PerformanceLoss(recipe.loss(), bins.count(), recipe.hits()));
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
        Found found = tuning.search(InfillModel.of(name(), config, LstmGraph.tensors(graph, config), bins,
                recipe.network().context()), Voice.CLOSED_HAT);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("F1", found.f1());
        figures.put("velocity KL", found.velocityKl());
        return List.of(new Epoch.Score("closed hat, cut", found.f1(), figures));
    }

    @Override
    public Path export(ComputationGraph graph, List<Epoch> history, Path out, String command) {
        Path file = out.resolve(name() + ".safetensors");
        Provenance provenance = new Provenance(name(), recipe.toString(), seed, command, history.size(),
                Epoch.best(history).number());
        List<Tensor> tensors = LstmGraph.tensors(graph, config);
        save(file, tensors, Decoding.NONE, provenance.metadata());
        // What is tuned and measured is what ships, in half precision.
        InfillModel model = InfillModel.load(file.toString());
        Map<Voice, Found> found = new EnumMap<>(Voice.class);
        for (Voice voice : Voice.values()) {
            found.put(voice, tuning.search(model, voice));
        }
        Map<String, String> metadata = new TreeMap<>(provenance.metadata());
        found.forEach((voice, best) -> metadata.put("validation: " + voice.label() + ", cut",
                String.format(Locale.ROOT, "F1 %.4f, hits %.3f of the drummers', velocity KL %.3f", best.f1(), best.hits(),
                        best.velocityKl())));
        save(file, tensors, new Decoding(list(found, Found::threshold), list(found, Found::velocity),
                list(found, Found::velocitySpread), list(found, Found::velocityError)), metadata);
        OutputFile.write(out.resolve(name() + ".md"),
                card(provenance, graph.params().length(), found).getBytes(StandardCharsets.UTF_8));
        return file;
    }

    private static List<Double> list(Map<Voice, Found> found, ToDoubleFunction<Found> constant) {
        return found.values().stream().mapToDouble(constant).boxed().toList();
    }

    private void save(Path file, List<Tensor> tensors, Decoding decoding, Map<String, String> metadata) {
        InfillModel.save(file, config, tensors, NumberType.F16, bins, recipe.network().context(), decoding, metadata);
    }

    private String card(Provenance provenance, long weights, Map<Voice, Found> found) {
        StringBuilder rows = new StringBuilder();
        found.forEach((voice, best) -> rows.append(String.format(Locale.ROOT, "| %s | %.3f | %.3f | %.3f |%n", voice.label(),
                best.f1(), best.hits(), best.velocityKl())));
        return """
                # infill: the part of a missing voice

                Input: drums without one voice or several, and the tempo. Output: for each sixteenth and each missing voice the
                probability of a hit, its velocity and a distribution of its microtiming. Infilling of the paper below, for any voice.

                - **Architecture**: %d features of each step, %d bidirectional LSTM layers of %d cells each way, heads for hits,
                  velocity and %d bins of microtiming; %d weights, fp16 on disk. Hears %d bar before and after the two that it fills.
                - **Data**: %s, %s. %s
                - **Training**: `%s`; seed %d, %d epochs of %d batches; these are the averaged weights after epoch %d, the best
                  on the validation split. Recipe: `%s`.
                - **Thresholds and stretch of velocities** of each voice were chosen on the validation split, one voice hidden at a time.
                - **Limits**: ten drummers, mostly one of them, on one electronic kit, in 4/4. Several voices are filled in one after
                  the other.

                ## Validation

                Cut windows, one voice hidden; what `tapkit evaluate infill --voice NAME` prints.

                | voice | F1 | hits (of the drummers') | velocity KL |
                |---|---|---|---|
                %s"""
                .formatted(config.inputs(), config.layers(), config.hidden(), bins.count(), weights,
                        recipe.network().context(), ModelCard.DATA, ModelCard.LICENCE, ModelCard.CITATION,
                        provenance.command(), seed,
                        provenance.epochs(), recipe.batches(), provenance.best(), recipe, rows);
    }
}
