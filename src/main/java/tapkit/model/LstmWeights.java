package tapkit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tapkit.model.LstmConfig.Head;

/**
 * A network's weights as they lie in the mapped file: immutable, shared by any number of networks and threads. Shapes: see
 * {@link LstmConfig#shapes()}.
 */
public record LstmWeights(LstmConfig config, List<Layer> layers, List<Dense> heads) {
    /** Both directions of one layer. */
    public record Layer(Direction forward, Direction backward) {
    }

    /** One LSTM: W [4H, inputs], R [4H, H], b [4H]; rows are the gates i, f, o, g. */
    public record Direction(Tensor w, Tensor r, Tensor b) {
    }

    /** A head: W [width, 2H], b [width]. */
    public record Dense(Tensor w, Tensor b) {
    }

    public LstmWeights {
        layers = List.copyOf(layers);
        heads = List.copyOf(heads);
    }

    /**
     * Finds a network's tensors in a file.
     *
     * @param task features and heads that are wanted; the file says layers and cells
     */
    static LstmWeights of(Safetensors file, LstmConfig task) {
        LstmConfig config = task.sizedAs(file);
        Map<String, List<Integer>> shapes = config.shapes();
        List<Layer> layers = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            layers.add(new Layer(direction(LstmConfig.forward(layer), shapes, file),
                    direction(LstmConfig.backward(layer), shapes, file)));
        }
        List<Dense> heads = config.heads().stream().map(Head::name).map(name -> new Dense(
                tensor(name + ".W", shapes, file), tensor(name + ".b", shapes, file))).toList();
        return new LstmWeights(config, layers, heads);
    }

    private static Direction direction(String name, Map<String, List<Integer>> shapes, Safetensors file) {
        return new Direction(tensor(name + ".W", shapes, file), tensor(name + ".R", shapes, file),
                tensor(name + ".b", shapes, file));
    }

    private static Tensor tensor(String name, Map<String, List<Integer>> shapes, Safetensors file) {
        return file.tensor(name, shapes.get(name));
    }
}
