package tapkit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

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

    /** All tensors, with the names and shapes of {@link LstmConfig#shapes()}. */
    List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>();
        for (Layer layer : layers) {
            for (Direction direction : List.of(layer.forward(), layer.backward())) {
                tensors.addAll(List.of(direction.w(), direction.r(), direction.b()));
            }
        }
        heads.forEach(head -> tensors.addAll(List.of(head.w(), head.b())));
        List<String> names = List.copyOf(config.shapes().keySet());
        return IntStream.range(0, names.size())
                .mapToObj(i -> new Tensor(names.get(i), tensors.get(i).shape(), tensors.get(i).values())).toList();
    }

    /**
     * Finds a network's tensors in a file.
     *
     * @param task features and heads that are wanted; the file says layers and cells
     */
    static LstmWeights of(Safetensors file, LstmConfig task) {
        return of(task.sizedAs(file), file::tensor);
    }

    /** Takes a network's tensors from wherever they are, by name and shape. */
    static LstmWeights of(LstmConfig config, BiFunction<String, List<Integer>, Tensor> tensors) {
        Map<String, List<Integer>> shapes = config.shapes();
        Function<String, Tensor> find = name -> tensors.apply(name, shapes.get(name));
        List<Layer> layers = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            layers.add(new Layer(direction(LstmConfig.forward(layer), find), direction(LstmConfig.backward(layer), find)));
        }
        return new LstmWeights(config, layers, config.heads().stream()
                .map(head -> new Dense(find.apply(head.name() + ".W"), find.apply(head.name() + ".b"))).toList());
    }

    private static Direction direction(String name, Function<String, Tensor> find) {
        return new Direction(find.apply(name + ".W"), find.apply(name + ".R"), find.apply(name + ".b"));
    }
}
