package tapkit.model;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import tapkit.UserError;

/**
 * One of the paper's LSTM models, loaded: immutable, so any number of threads may share it, each with a {@link Seq2SeqNetwork} of its
 * own.
 *
 * @param name as {@code --model} takes it
 * @param card the file's metadata: data, seed, validation figures and so on
 */
public record TrainedSeq2Seq(String name, Seq2SeqWeights weights, Map<String, String> card) {
    public TrainedSeq2Seq {
        card = Map.copyOf(card);
    }

    /** Loads a model by its name or file, see {@link Models#file}. */
    public static TrainedSeq2Seq load(String name) {
        return load(Models.file(name));
    }

    /** Loads a model that must have learned a task. */
    public static TrainedSeq2Seq load(String name, Seq2SeqTask task) {
        TrainedSeq2Seq model = load(name);
        if (model.weights.config().task() != task) {
            throw new UserError("Model " + name + " has learned the task " + model.weights.config().task() + ", but this needs "
                    + task + "; choose another --model");
        }
        return model;
    }

    /** Loads a model file. */
    public static TrainedSeq2Seq load(Path path) {
        Safetensors file = Safetensors.open(path);
        return new TrainedSeq2Seq(Models.name(path), Seq2SeqWeights.of(Seq2SeqConfig.of(file), file), file.metadata());
    }

    /**
     * Writes a model file that {@link #load(Path)} reads, in int8: no metric of its tables moves by more than a hundredth.
     *
     * @param tensors named and shaped as {@link Seq2SeqConfig#shapes()} says
     * @param card    whatever else is to be known about the model
     */
    public static void save(Path path, Seq2SeqConfig config, Collection<Tensor> tensors, Map<String, String> card) {
        Map<String, String> metadata = new TreeMap<>(card);
        metadata.putAll(config.metadata());
        SafetensorsWriter.write(path, tensors, NumberType.I8, metadata);
    }

    public Seq2SeqConfig config() {
        return weights.config();
    }

    /** The rule of a model that answers taps, with its own thresholds. */
    public Decoder decoder() {
        String thresholds = card.get(Models.THRESHOLDS);
        if (thresholds == null) {
            throw new UserError("Model " + name + " has no thresholds; train it again (tapkit train seq2seq tap2drum)");
        }
        return new Decoder(Models.numbers(thresholds));
    }

    /** A network for one thread. */
    public Seq2SeqNetwork open(InferenceEngine engine) {
        return engine.open(weights);
    }
}
