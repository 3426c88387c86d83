package tapkit.model;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
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
 * @param bins     of the distribution
 * @param context  bars of the drums that it hears before and after the two that it fills
 * @param decoding from what it says to what is played
 * @param card     the file's metadata: data, seed, validation figures and so on
 */
public record InfillModel(String name, LstmWeights weights, OffsetBins bins, int context, Decoding decoding,
        Map<String, String> card) {
    /** The model that ships as the best for Infilling. */
    public static final String SHIPPED = "infill";
    /** As many hits as drummers play, and as varied in velocity. */
    public static final double BEST_TEMPERATURE = 1;

    private static final String BINS = "bins";
    private static final String CONTEXT = "context";

    /**
     * Constants of each voice, found on validation.
     *
     * @param thresholds     least probability of a hit
     * @param velocity       mean of the velocities that it says
     * @param velocitySpread how far they are stretched about it
     * @param velocityError  what it errs by in velocity (root of the mean square)
     */
    public record Decoding(List<Double> thresholds, List<Double> velocity, List<Double> velocitySpread,
            List<Double> velocityError) {
        /** For a model about which nothing is known yet. */
        public static final Decoding NONE = new Decoding(all(0.5), all(0.5), all(1), all(0));

        private static final String PREFIX = "decoding.";

        public Decoding {
            thresholds = nine(thresholds);
            velocity = nine(velocity);
            velocitySpread = nine(velocitySpread);
            velocityError = nine(velocityError);
            if (!thresholds.stream().allMatch(threshold -> threshold > 0 && threshold < 1)) {
                throw new IllegalArgumentException("thresholds " + thresholds + ", expected numbers between 0 and 1");
            }
        }

        private Map<String, String> metadata() {
            return Map.of(PREFIX + "thresholds", text(thresholds), PREFIX + "velocity", text(velocity),
                    PREFIX + "velocity.spread", text(velocitySpread), PREFIX + "velocity.error", text(velocityError));
        }

        private static Decoding of(Safetensors file) {
            try {
                return new Decoding(numbers(file, "thresholds"), numbers(file, "velocity"), numbers(file, "velocity.spread"),
                        numbers(file, "velocity.error"));
            } catch (IllegalArgumentException e) {
                throw file.fault("its metadata '" + PREFIX + "...' is wrong (" + e.getMessage() + ")");
            }
        }

        private static List<Double> numbers(Safetensors file, String key) {
            return Arrays.stream(file.metadata(PREFIX + key).split(",", -1)).map(Double::valueOf).toList();
        }

        private static String text(List<Double> numbers) {
            return numbers.stream().map(number -> Double.toString(number)).collect(Collectors.joining(","));
        }

        private static List<Double> all(double value) {
            return Collections.nCopies(Grid.VOICES, value);
        }

        private static List<Double> nine(List<Double> numbers) {
            if (numbers.size() != Grid.VOICES || !numbers.stream().allMatch(Double::isFinite)) {
                throw new IllegalArgumentException(numbers + ", expected " + Grid.VOICES + " numbers");
            }
            return List.copyOf(numbers);
        }
    }

    public InfillModel {
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
        return new InfillModel(Models.name(path), LstmWeights.of(file, config(1, 1, bins)), bins, file.number(CONTEXT, 0, 64),
                Decoding.of(file), file.metadata());
    }

    /** Whether a file holds such a model, and not another one. */
    public static boolean isIn(String file) {
        return InfillFeatures.VERSION.equals(Safetensors.open(Path.of(file)).metadata().get("features"));
    }

    /** A model that is in no file, and for which nothing was chosen. */
    public static InfillModel of(String name, LstmConfig config, Collection<Tensor> tensors, OffsetBins bins, int context) {
        Map<String, Tensor> byName = tensors.stream().collect(Collectors.toMap(Tensor::name, tensor -> tensor));
        return new InfillModel(name, LstmWeights.of(config, (tensor, shape) -> byName.get(tensor)), bins, context,
                Decoding.NONE, Map.of());
    }

    /** Writes a model that {@link #load} reads. */
    public static void save(Path path, LstmConfig config, Collection<Tensor> tensors, NumberType type, OffsetBins bins,
            int context, Decoding decoding, Map<String, String> card) {
        Map<String, String> metadata = new TreeMap<>(card);
        metadata.put(BINS, Integer.toString(bins.count()));
        metadata.put(CONTEXT, Integer.toString(context));
        metadata.putAll(decoding.metadata());
        Models.save(path, config, tensors, type, metadata);
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
