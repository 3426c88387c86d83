package tapkit.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tapkit.UserError;
import tapkit.grid.Grid;

/**
 * Sizes of the live network: features of each step → bidirectional LSTM layers → three dense heads. The only place that knows
 * the names and shapes of its tensors.
 *
 * @param inputs features of a step
 * @param layers bidirectional LSTM layers, one on another
 * @param hidden H, cells of each direction of a layer
 */
public record LstmConfig(int inputs, int layers, int hidden) {
    private static final String ARCHITECTURE = "bilstm";

    public LstmConfig {
        if (inputs < 1 || layers < 1 || layers > 16 || hidden < 1 || hidden > 4096) {
            throw new IllegalArgumentException("inputs " + inputs + ", layers " + layers + ", hidden " + hidden);
        }
    }

    /** Reads the sizes from a file's metadata; a network of another kind, or with other features, is an error. */
    static LstmConfig of(Safetensors file) {
        expect(file, "architecture", ARCHITECTURE);
        expect(file, "features", TapFeatures.VERSION);
        try {
            return new LstmConfig(TapFeatures.COUNT, Integer.parseInt(file.metadata("layers")),
                    Integer.parseInt(file.metadata("hidden")));
        } catch (IllegalArgumentException e) {
            throw file.fault("metadata layers = " + file.metadata("layers") + " and hidden = " + file.metadata("hidden")
                    + " are no sizes of a network");
        }
    }

    private static void expect(Safetensors file, String key, String expected) {
        String found = file.metadata(key);
        if (!found.equals(expected)) {
            UserError fault = file.fault("metadata '" + key + "' is " + found + ", this version of tapkit needs " + expected);
            throw fault;
        }
    }

    /** What {@link #of} reads. */
    Map<String, String> metadata() {
        return Map.of("architecture", ARCHITECTURE, "features", TapFeatures.VERSION, "layers", Integer.toString(layers),
                "hidden",
                Integer.toString(hidden));
    }

    /** Width of what a layer sees: the features, or both directions of the layer below. */
    public int inputs(int layer) {
        return layer == 0 ? inputs : 2 * hidden;
    }

    /**
     * Name and shape of every tensor. {@code W} (input weights), {@code R} (recurrent weights) and {@code b} hold the gates in
     * the order i, f, o, g, H rows each; there are no peepholes. Each head has a row for each voice.
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
        for (String head : List.of("hits", "velocity", "offset")) {
            shapes.put(head + ".W", List.of(Grid.VOICES, 2 * hidden));
            shapes.put(head + ".b", List.of(Grid.VOICES));
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
