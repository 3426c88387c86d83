package tapkit.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a network is: features of each step → bidirectional LSTM layers → dense heads. A task is its features and its heads; the
 * rest is the same for all. The only place that knows the names and shapes of the tensors.
 *
 * @param features name and version of the features; weights trained on others are refused
 * @param inputs   features of a step
 * @param layers   bidirectional LSTM layers, one on another
 * @param hidden   H, cells of each direction of a layer
 * @param heads    what is answered at each step, in the order of the outputs
 */
public record LstmConfig(String features, int inputs, int layers, int hidden, List<Head> heads) {
    private static final String ARCHITECTURE = "bilstm";

    /** One dense layer over both directions' outputs, with a name that its tensors bear. */
    public record Head(String name, int width, Activation activation) {
    }

    /** What turns a head's sums into its answers. */
    public enum Activation {
        /** The sum itself. */
        LINEAR,
        /** 1 / (1 + e^−x), in (0, 1). */
        SIGMOID,
        /** tanh(x) / 2, in (−0.5, 0.5): an offset in steps. */
        HALF_TANH
    }

    public LstmConfig {
        heads = List.copyOf(heads);
        if (inputs < 1 || layers < 1 || layers > 16 || hidden < 1 || hidden > 4096) {
            throw new IllegalArgumentException("inputs " + inputs + ", layers " + layers + ", hidden " + hidden);
        }
    }

    /** The same task's network in the sizes that a file's metadata says; a network of another kind or task is an error. */
    LstmConfig sizedAs(Safetensors file) {
        expect(file, "architecture", ARCHITECTURE);
        expect(file, "features", features);
        try {
            return new LstmConfig(features, inputs, Integer.parseInt(file.metadata("layers")),
                    Integer.parseInt(file.metadata("hidden")), heads);
        } catch (IllegalArgumentException e) {
            throw file.fault("metadata layers = " + file.metadata("layers") + " and hidden = " + file.metadata("hidden")
                    + " are no sizes of a network");
        }
    }

    private static void expect(Safetensors file, String key, String expected) {
        String found = file.metadata(key);
        if (!found.equals(expected)) {
            throw file.fault("metadata '" + key + "' is " + found + ", this version of tapkit needs " + expected + " here");
        }
    }

    /** What {@link #sizedAs} reads. */
    Map<String, String> metadata() {
        return Map.of("architecture", ARCHITECTURE, "features", features, "layers", Integer.toString(layers), "hidden",
                Integer.toString(hidden));
    }

    /** Width of what a layer sees: the features, or both directions of the layer below. */
    public int inputs(int layer) {
        return layer == 0 ? inputs : 2 * hidden;
    }

    /** Outputs of a step: the widths of all heads. */
    public int outputs() {
        return heads.stream().mapToInt(Head::width).sum();
    }

    /** Number of all weights. */
    public long weights() {
        return shapes().values().stream().mapToLong(shape -> shape.stream().mapToLong(Integer::longValue)
                .reduce(1, Math::multiplyExact)).sum();
    }

    /**
     * Name and shape of every tensor. {@code W} (input weights), {@code R} (recurrent weights) and {@code b} hold the gates in
     * the order i, f, o, g, H rows each; there are no peepholes. Each head has a row for each of its outputs.
     */
    public Map<String, List<Integer>> shapes() {
        Map<String, List<Integer>> shapes = new LinkedHashMap<>();
        for (int layer = 0; layer < layers; layer++) {
            for (String direction : List.of(forward(layer), backward(layer))) {
                shapes.put(direction + ".W", List.of(4 * hidden, inputs(layer)));
                shapes.put(direction + ".R", List.of(4 * hidden, hidden));
                shapes.put(direction + ".b", List.of(4 * hidden));
            }
        }
        for (Head head : heads) {
            shapes.put(head.name() + ".W", List.of(head.width(), 2 * hidden));
            shapes.put(head.name() + ".b", List.of(head.width()));
        }
        return shapes;
    }

    static String forward(int layer) {
        return "layers." + layer + ".forward";
    }

    static String backward(int layer) {
        return "layers." + layer + ".backward";
    }
}
