package tapkit.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tapkit.grid.Grid;
import tapkit.model.LstmConfig.Activation;
import tapkit.model.LstmConfig.Head;

/**
 * A loaded model for Humanization: a committee of networks, each {@link HumanizeFeatures} in, for each voice of each step a velocity
 * and a distribution of its microtiming out; and beside them what drummers did with similar scores. Immutable, so any number of
 * threads may share it, each with a {@link Humanizer} of its own.
 *
 * @param name        as {@code --model} takes it
 * @param members     weights of the networks, whose readings are averaged
 * @param bins        of the distribution
 * @param context     bars of the score that they hear before and after the two that they play
 * @param memory      what is remembered, if anything is
 * @param calibration of the readings
 * @param card        the file's metadata: data, seed, validation figures and so on
 */
public record HumanizeModel(String name, List<LstmWeights> members, OffsetBins bins, int context,
        Optional<GrooveMemory> memory, Calibration calibration, Map<String, String> card) {
    /** The model that ships as the best for Humanization. */
    public static final String SHIPPED = "humanize";
    /** The temperature at which timing and dynamics are a drummer's by all measures at once. */
    public static final double BEST_TEMPERATURE = 1;
    /** What memory is worth beside the committee. */
    static final double MEMORY_WEIGHT = 0.25;

    private static final String BINS = "bins";
    private static final String CONTEXT = "context";
    private static final String MEMORY = "memory";

    public HumanizeModel {
        members = List.copyOf(members);
        card = Map.copyOf(card);
    }

    /** The task's network in these sizes. */
    public static LstmConfig config(int layers, int hidden, OffsetBins bins) {
        return new LstmConfig(HumanizeFeatures.VERSION, HumanizeFeatures.COUNT, layers, hidden,
                List.of(new Head("velocity", Grid.VOICES, Activation.SIGMOID),
                        new Head("timing", Grid.VOICES * bins.count(), Activation.LINEAR)));
    }

    /** Loads the model of this name or file. */
    public static HumanizeModel load(String name) {
        Path path = Models.file(name);
        Safetensors file = Safetensors.open(path);
        OffsetBins bins = new OffsetBins(file.number(BINS, 2, 1000));
        Optional<GrooveMemory> memory = file.number(MEMORY, 0, 1) == 1 ? Optional.of(GrooveMemory.of(file)) : Optional.empty();
        return new HumanizeModel(Models.name(path), Members.of(file, config(1, 1, bins)), bins, file.number(CONTEXT, 0, 64),
                memory, Calibration.of(file),
                file.metadata());
    }

    /** Whether a file holds such a model, and not another one. */
    public static boolean isIn(String file) {
        return HumanizeFeatures.VERSION.equals(Safetensors.open(Path.of(file)).metadata().get("features"));
    }

    /** A single network that is in no file. */
    public static HumanizeModel of(String name, LstmConfig config, Collection<Tensor> tensors, OffsetBins bins, int context) {
        Map<String, Tensor> byName = tensors.stream().collect(Collectors.toMap(Tensor::name, tensor -> tensor));
        return new HumanizeModel(name, List.of(LstmWeights.of(config, (tensor, shape) -> byName.get(tensor))), bins, context,
                Optional.empty(), Calibration.NONE, Map.of());
    }

    /** The same with other readings, members or memory, or another card. */
    public HumanizeModel with(List<LstmWeights> others, Optional<GrooveMemory> remembered, Calibration other,
            Map<String, String> described) {
        return new HumanizeModel(name, others, bins, context, remembered, other, described);
    }

    /** The same, hearing this many bars on either side. */
    public HumanizeModel withContext(int bars) {
        return new HumanizeModel(name, members, bins, bars, memory, calibration, card);
    }

    /** Writes a model that {@link #load} reads, in half precision. */
    public void save(Path path) {
        List<Tensor> tensors = new ArrayList<>(Members.tensors(members));
        memory.ifPresent(remembered -> tensors.addAll(remembered.tensors()));
        Map<String, String> metadata = new TreeMap<>(card);
        metadata.put(BINS, Integer.toString(bins.count()));
        metadata.put(CONTEXT, Integer.toString(context));
        metadata.put(MEMORY, memory.isPresent() ? "1" : "0");
        metadata.putAll(calibration.metadata());
        metadata.putAll(Members.metadata(members));
        SafetensorsWriter.write(path, tensors, NumberType.F16, metadata);
    }

    /**
     * A player for one thread.
     *
     * @param temperature 0 for the least error, {@link #BEST_TEMPERATURE} for a drummer's spread, above it livelier up to 2
     * @param cut         whether the windows that it will play were cut by time
     */
    public Humanizer open(InferenceEngine engine, double temperature, boolean cut) {
        return new CommitteeHumanizer(this, engine, temperature, cut);
    }
}
