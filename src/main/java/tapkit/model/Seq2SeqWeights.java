package tapkit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tapkit.model.LstmWeights.Dense;
import tapkit.model.LstmWeights.Direction;

/**
 * The weights of the paper's Seq2Seq as they lie in the mapped file: immutable, shared by any number of networks and threads. Shapes:
 * see {@link Seq2SeqConfig#shapes()}.
 *
 * @param fixed what z adds to the gates of the decoder's first layer at every step, [4H, latent]
 */
public record Seq2SeqWeights(Seq2SeqConfig config, Direction forward, Direction backward, Dense embedding, Tensor fixed,
        List<Layer> decoder, Dense heads) {
    /**
     * A layer of the decoder.
     *
     * @param h makes the initial output from z
     * @param c makes the initial cells from z
     */
    public record Layer(Direction lstm, Dense h, Dense c) {
    }

    public Seq2SeqWeights {
        decoder = List.copyOf(decoder);
    }

    static Seq2SeqWeights of(Seq2SeqConfig config, Safetensors file) {
        Reader reader = new Reader(config.shapes(), file);
        List<Layer> decoder = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            String name = "decoder." + layer;
            decoder.add(new Layer(reader.direction(name), reader.dense(name + ".h"), reader.dense(name + ".c")));
        }
        return new Seq2SeqWeights(config, reader.direction("encoder.forward"), reader.direction("encoder.backward"),
                reader.dense("z"), reader.tensor("decoder.0.S"), decoder, reader.dense("heads"));
    }

    private record Reader(Map<String, List<Integer>> shapes, Safetensors file) {
        Direction direction(String name) {
            return new Direction(tensor(name + ".W"), tensor(name + ".R"), tensor(name + ".b"));
        }

        Dense dense(String name) {
            return new Dense(tensor(name + ".W"), tensor(name + ".b"));
        }

        Tensor tensor(String name) {
            return file.tensor(name, shapes.get(name));
        }
    }
}
