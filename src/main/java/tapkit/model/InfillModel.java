package tapkit.model;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tapkit.grid.Grid;
import tapkit.model.LstmConfig.Activation;
import tapkit.model.LstmConfig.Head;

/**
 * A loaded model for Infilling: {@link InfillFeatures} in, for each voice of each step the probability of a hit, its velocity and a
 * distribution of its microtiming out. Immutable, so any number of threads may share it, each with an {@link Infiller} of its own.
 *
 * @param name     as {@code --model} takes it
 * @param members  weights of the networks, whose readings are averaged
 * @param bins     of the distribution
 * @param context  bars of the drums that it hears before and after the two that it fills
 * @param decoding from what it says to what is played
 * @param card     the file's metadata: data, seed, validation figures and so on
 */
public record InfillModel(String name, List<LstmWeights> members, OffsetBins bins, int context, InfillDecoding decoding,
        Map<String, String> card) {
    /** The model that ships as the best for Infilling. */
    public static final String SHIPPED = "infill";
    /** As many hits as drummers play, and as varied in velocity. */
    public static final double BEST_TEMPERATURE = 1;

    private static final String BINS = "bins";
    private static final String CONTEXT = "context";

    public InfillModel {
        members = List.copyOf(members);
        card = Map.copyOf(card);
    }

    /** The task's network in these sizes. */
    public static LstmConfig config(int layers, int hidden, OffsetBins bins) {
        return new LstmConfig(InfillFeatures.VERSION, InfillFeatures.COUNT, layers, hidden,
                List.of(new Head("hits", Grid.VOICES, Activation.SIGMOID),
                        new Head("velocity", Grid.VOICES, Activation.SIGMOID),
                        new Head("timing", Grid.VOICES * bins.count(), Activation.LINEAR)));
    }

    /** Loads the model of this name or file. */
    public static InfillModel load(String name) {
        Path path = Models.file(name);
        Safetensors file = Safetensors.open(path);
        OffsetBins bins = new OffsetBins(file.number(BINS, 2, 1000));
        return new InfillModel(Models.name(path), Members.of(file, config(1, 1, bins)), bins, file.number(CONTEXT, 0, 64),
                InfillDecoding.of(file), file.metadata());
    }

    /** Whether a file holds such a model, and not another one. */
    public static boolean isIn(String file) {
        return InfillFeatures.VERSION.equals(Safetensors.open(Path.of(file)).metadata().get("features"));
    }

    /** A single network that is in no file, and for which nothing was chosen. */
    public static InfillModel of(String name, LstmConfig config, Collection<Tensor> tensors, OffsetBins bins, int context) {
        Map<String, Tensor> byName = tensors.stream().collect(Collectors.toMap(Tensor::name, tensor -> tensor));
        return new InfillModel(name, List.of(LstmWeights.of(config, (tensor, shape) -> byName.get(tensor))), bins, context,
                InfillDecoding.NONE, Map.of());
    }

    /** The same with other members, hearing this many bars on either side. */
    public InfillModel with(List<LstmWeights> others, int bars) {
        return new InfillModel(name, others, bins, bars, decoding, card);
    }

    /** The same with another decoding and card. */
    public InfillModel with(InfillDecoding other, Map<String, String> described) {
        return new InfillModel(name, members, bins, context, other, described);
    }

    /** Writes a model that {@link #load} reads, in half precision. */
    public void save(Path path) {
        Map<String, String> metadata = new TreeMap<>(card);
        metadata.put(BINS, Integer.toString(bins.count()));
        metadata.put(CONTEXT, Integer.toString(context));
        metadata.putAll(decoding.metadata());
        metadata.putAll(Members.metadata(members));
        SafetensorsWriter.write(path, Members.tensors(members), NumberType.F16, metadata);
    }

    /**
     * A player for one thread.
     *
     * @param temperature 0 for the least error, {@link #BEST_TEMPERATURE} for a drummer's dynamics, above it livelier: hits are
     *                    drawn the more by their probabilities, up to 2
     * @param cut         whether the windows that it will fill were cut by time
     */
    public LstmInfiller open(InferenceEngine engine, double temperature, boolean cut) {
        return new LstmInfiller(this, engine, temperature, cut);
    }
}
