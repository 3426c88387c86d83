package tapkit.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tapkit.UserError;
import tapkit.grid.Grid;

/** The models that ship, and how a model is kept in a file: {@code models/NAME.safetensors}. */
public final class Models {
    /** The model that ships as the best for Tap2Drum. */
    public static final String TAP2DRUM = "tap2drum";
    /** The model that ships for Groove Transfer. */
    public static final String GROOVE = "groove";
    /** The model that ships for new grooves and those between two. */
    public static final String SAMPLE = "sample";

    /** Follows the name of a Tap2Drum model that is to hit whatever is likelier than not, without its thresholds. */
    public static final String ARGMAX = ":argmax";

    private static final String SUFFIX = ".safetensors";
    static final String THRESHOLDS = "thresholds";
    private static final String GAINS = "gains";
    private static final String SHIFTS = "shifts";
    /** Follows the key where taps have velocities. */
    private static final String KNOWN = ".velocity";
    private static final Pattern COMMA = Pattern.compile(" *, *");

    private Models() {
    }

    /** Where models live: {@code models} in the folder that system property {@code tapkit.home} names, else in this one. */
    public static Path folder() {
        return Path.of(System.getProperty("tapkit.home", ""), "models");
    }

    /** Loads the Tap2Drum model of this name or file; followed by {@value #ARGMAX}, with {@link Decoder#argmax()}. */
    public static TrainedModel load(String name) {
        TrainedModel model = load(file(name));
        if (!name.endsWith(ARGMAX)) {
            return model;
        }
        return new TrainedModel(model.name() + ARGMAX, model.file(), model.weights(), model.decoder().argmax(), model.card());
    }

    /**
     * The file of a model: one of the {@link #folder()} by its name, or of the folder {@code table} in it, where those are that only
     * fill tables, or any other by its path (which ends in {@code .safetensors}).
     */
    public static Path file(String name) {
        if (name.endsWith(ARGMAX)) {
            return file(name.substring(0, name.length() - ARGMAX.length()));
        }
        if (name.endsWith(SUFFIX)) {
            return Path.of(name);
        }
        Path file = folder().resolve(name + SUFFIX);
        if (!Files.exists(file)) {
            Path other = folder().resolve("table").resolve(name + SUFFIX);
            if (Files.exists(other)) {
                return other;
            }
            List<String> names = names();
            throw new UserError("No model is called " + name + "; " + (names.isEmpty()
                    ? "there is none in " + folder().toAbsolutePath() + " (tapkit train makes one)"
                    : "in " + folder().toAbsolutePath() + " there are " + String.join(", ", names)));
        }
        return file;
    }

    /** The name of a model file, as {@code --model} takes it. */
    static String name(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    /** Loads a Tap2Drum model. */
    public static TrainedModel load(Path path) {
        Safetensors file = Safetensors.open(path);
        LstmWeights weights = LstmWeights.of(file, LstmTapModel.config(1, 1));
        Decoder decoder = decoder(file);
        return new TrainedModel(name(path), path, weights, decoder, file.metadata());
    }

    /**
     * Writes a Tap2Drum model that {@link #load(Path)} reads.
     *
     * @param tensors            named and shaped as {@link LstmConfig#shapes()} says
     * @param thresholds         a hit's least probability for each voice where the tap's velocity is withheld
     * @param velocityThresholds the same where it is known
     * @param card               whatever else is to be known about the model
     */
    public static void save(Path path, LstmConfig config, Collection<Tensor> tensors, float[] thresholds,
            float[] velocityThresholds, Map<String, String> card) {
        Map<String, String> metadata = new TreeMap<>(card);
        put(metadata, "", VoiceRule.plain(thresholds));
        put(metadata, KNOWN, VoiceRule.plain(velocityThresholds));
        save(path, config, tensors, NumberType.F32, metadata);
    }

    /** Writes a network of any task. */
    static void save(Path path, LstmConfig config, Collection<Tensor> tensors, NumberType type, Map<String, String> card) {
        check(config, tensors);
        Map<String, String> metadata = new TreeMap<>(card);
        metadata.putAll(config.metadata());
        SafetensorsWriter.write(path, tensors, type, metadata);
    }

    /** Whether these are the tensors of such a network. */
    static void check(LstmConfig config, Collection<Tensor> tensors) {
        Map<String, List<Integer>> found = new TreeMap<>();
        tensors.forEach(tensor -> found.put(tensor.name(), tensor.shape()));
        if (!found.equals(config.shapes())) {
            throw new IllegalArgumentException("tensors " + found + ", expected " + config.shapes());
        }
    }

    /**
     * Writes a Tap2Drum model with the same weights, other rules for its {@link Decoder}, and another card.
     *
     * @param withheld rules for taps without velocity
     * @param known    rules for taps with velocity
     */
    public static void rewrite(TrainedModel model, Path to, List<VoiceRule> withheld, List<VoiceRule> known,
            Map<String, String> card) {
        Safetensors file = Safetensors.open(model.file());
        LstmConfig config = model.weights().config();
        List<Tensor> tensors = new ArrayList<>();
        config.shapes().forEach((name, shape) -> tensors.add(file.tensor(name, shape)));
        Map<String, String> metadata = new TreeMap<>(card);
        put(metadata, "", withheld);
        put(metadata, KNOWN, known);
        save(to, config, tensors, NumberType.F32, metadata);
    }

    private static void put(Map<String, String> metadata, String condition, List<VoiceRule> rules) {
        metadata.put(THRESHOLDS + condition, join(rules, VoiceRule::threshold));
        metadata.put(GAINS + condition, join(rules, VoiceRule::gain));
        metadata.put(SHIFTS + condition, join(rules, VoiceRule::shift));
    }

    private static String join(List<VoiceRule> rules, Function<VoiceRule, Float> number) {
        return rules.stream().map(rule -> number.apply(rule).toString()).collect(Collectors.joining(","));
    }

    private static List<String> names() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length())).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Decoder decoder(Safetensors file) {
        return new Decoder(rules(file, ""), rules(file, KNOWN));
    }

    private static List<VoiceRule> rules(Safetensors file, String condition) {
        float[] thresholds = numbers(file, THRESHOLDS + condition);
        float[] gains = new float[Grid.VOICES];
        Arrays.fill(gains, 1);
        float[] shifts = new float[Grid.VOICES];
        if (file.metadata().containsKey(GAINS + condition)) { // the first models have none
            gains = numbers(file, GAINS + condition);
            shifts = numbers(file, SHIFTS + condition);
        }
        List<VoiceRule> rules = new ArrayList<>();
        try {
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                rules.add(new VoiceRule(thresholds[voice], gains[voice], shifts[voice]));
            }
        } catch (IllegalArgumentException e) {
            throw file.fault("metadata '" + THRESHOLDS + condition + "', '" + GAINS + condition + "' or '" + SHIFTS + condition
                    + "' is wrong (" + e.getMessage() + ")");
        }
        return rules;
    }

    private static float[] numbers(Safetensors file, String key) {
        try {
            float[] numbers = numbers(file.metadata(key));
            if (numbers.length != Grid.VOICES) {
                throw new IllegalArgumentException(numbers.length + " numbers");
            }
            return numbers;
        } catch (IllegalArgumentException e) {
            throw file.fault("metadata '" + key + "' is wrong (" + e.getMessage() + "), expected " + Grid.VOICES + " numbers");
        }
    }

    static float[] numbers(String text) {
        String[] parts = COMMA.split(text, -1);
        float[] numbers = new float[parts.length];
        for (int i = 0; i < parts.length; i++) {
            numbers[i] = Float.parseFloat(parts[i]);
        }
        return numbers;
    }

    /** Numbers as metadata. */
    public static String join(float[] values) {
        StringJoiner joiner = new StringJoiner(",");
        for (float value : values) {
            joiner.add(Float.toString(value));
        }
        return joiner.toString();
    }
}
