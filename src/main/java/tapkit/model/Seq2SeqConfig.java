package tapkit.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tapkit.UserError;
import tapkit.grid.Grid;

/**
 * Sizes of the paper's Seq2Seq: bidirectional LSTM encoder → embedding z → stacked LSTM decoder → heads. The only place that knows
 * the names and shapes of its tensors.
 *
 * @param task        what it learns
 * @param encoder     cells of each direction
 * @param latent      width of z
 * @param decoder     cells of each layer
 * @param layers      of the decoder
 * @param variational whether the encoder gives a Gaussian to draw z from (mean and deviation), else z itself
 */
public record Seq2SeqConfig(Seq2SeqTask task, int encoder, int latent, int decoder, int layers, boolean variational) {
    /** Columns of a step: hits, velocities, offsets of the nine voices. */
    public static final int COLUMNS = 3 * Grid.VOICES;
    private static final String ARCHITECTURE = "seq2seq";

    public Seq2SeqConfig {
        if (encoder < 1 || latent < 1 || decoder < 1 || layers < 1 || Math.max(encoder, Math.max(latent, decoder)) > 4096
                || layers > 16) {
            throw new IllegalArgumentException(
                    "encoder " + encoder + ", latent " + latent + ", decoder " + decoder + ", layers " + layers);
        }
    }

    /** Reads the sizes from a file's metadata; a network of another kind is an error. */
    static Seq2SeqConfig of(Safetensors file) {
        String architecture = file.metadata("architecture");
        if (!architecture.equals(ARCHITECTURE)) {
            UserError fault = file.fault("metadata 'architecture' is " + architecture + ", this command needs " + ARCHITECTURE);
            throw fault;
        }
        String task = file.metadata("task");
        try {
            return new Seq2SeqConfig(Seq2SeqTask.named(task).orElseThrow(() -> new IllegalArgumentException("task " + task)),
                    number(file, "encoder"), number(file, "latent"), number(file, "decoder"), number(file, "layers"),
                    Boolean.parseBoolean(file.metadata("variational")));
        } catch (IllegalArgumentException e) {
            throw file.fault("its metadata are no sizes of a network (" + e.getMessage() + ")");
        }
    }

    private static int number(Safetensors file, String key) {
        return Integer.parseInt(file.metadata(key));
    }

    /** The paper's sizes. */
    public static Seq2SeqConfig paper(Seq2SeqTask task, boolean variational) {
        return new Seq2SeqConfig(task, 512, 256, 256, 2, variational);
    }

    /** What the decoder is told at a step: the step before and, if {@link Seq2SeqTask#controlled}, the hits of this one. */
    public int decoderInputs() {
        return COLUMNS + (task.controlled() ? Grid.VOICES : 0);
    }

    /** What the encoder's last layer gives: z, or the means and then the deviations before softplus. */
    public int embedded() {
        return variational ? 2 * latent : latent;
    }

    /**
     * Name and shape of every tensor. W (inputs), R (recurrent), S (the static input z) and b of an LSTM hold the gates in the order
     * i, f, o, g; {@code h} and {@code c} make a decoder layer's initial state from z.
     */
    public Map<String, List<Integer>> shapes() {
        Map<String, List<Integer>> shapes = new LinkedHashMap<>();
        for (String direction : List.of("encoder.forward", "encoder.backward")) {
            shapes.put(direction + ".W", List.of(4 * encoder, COLUMNS));
            shapes.put(direction + ".R", List.of(4 * encoder, encoder));
            shapes.put(direction + ".b", List.of(4 * encoder));
        }
        dense("z", embedded(), 2 * encoder, shapes);
        for (int layer = 0; layer < layers; layer++) {
            String name = "decoder." + layer;
            shapes.put(name + ".W", List.of(4 * decoder, layer == 0 ? decoderInputs() : decoder));
            shapes.put(name + ".R", List.of(4 * decoder, decoder));
            shapes.put(name + ".b", List.of(4 * decoder));
            if (layer == 0) {
                shapes.put(name + ".S", List.of(4 * decoder, latent));
            }
            dense(name + ".h", decoder, latent, shapes);
            dense(name + ".c", decoder, latent, shapes);
        }
        dense("heads", COLUMNS, decoder, shapes);
        return shapes;
    }

    private static void dense(String name, int rows, int columns, Map<String, List<Integer>> shapes) {
        shapes.put(name + ".W", List.of(rows, columns));
        shapes.put(name + ".b", List.of(rows));
    }

    /** What a model file says of its sizes. */
    public Map<String, String> metadata() {
        return Map.of("architecture", ARCHITECTURE, "task", task.toString(), "encoder", Integer.toString(encoder), "latent",
                Integer.toString(latent), "decoder", Integer.toString(decoder), "layers", Integer.toString(layers),
                "variational", Boolean.toString(variational));
    }
}
