package tapkit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The live network's weights as they lie in the mapped file: immutable, shared by any number of models and threads. Shapes: see
 * {@link LstmConfig#shapes()}.
 */
public record LstmWeights(LstmConfig config, List<Layer> layers, Dense hits, Dense velocity, Dense offset) {
    /** Both directions of one layer. */
    public record Layer(Direction forward, Direction backward) {
    }

    /** One LSTM: W [4H, inputs], R [4H, H], b [4H]; rows are the gates i, f, o, g. */
    public record Direction(Tensor w, Tensor r, Tensor b) {
    }

    /** A head: W [9, 2H], b [9]. */
    public record Dense(Tensor w, Tensor b) {
    }

    public LstmWeights {
        layers = List.copyOf(layers);
    }

    static LstmWeights of(LstmConfig config, Safetensors file) {
        Map<String, List<Integer>> shapes = config.shapes();
        List<Layer> layers = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            layers.add(new Layer(direction(LstmConfig.forward(layer), shapes, file),
                    direction(LstmConfig.backward(layer), shapes, file)));
        }
        return new LstmWeights(config, layers, dense("hits", shapes, file), dense("velocity", shapes, file),
                dense("offset", shapes, file));
    }

    private static Direction direction(String name, Map<String, List<Integer>> shapes, Safetensors file) {
        return new Direction(tensor(name + ".W", shapes, file), tensor(name + ".R", shapes, file),
                tensor(name + ".b", shapes, file));
    }

    private static Dense dense(String name, Map<String, List<Integer>> shapes, Safetensors file) {
        return new Dense(tensor(name + ".W", shapes, file), tensor(name + ".b", shapes, file));
    }

    private static Tensor tensor(String name, Map<String, List<Integer>> shapes, Safetensors file) {
        return file.tensor(name, shapes.get(name));
    }
}
