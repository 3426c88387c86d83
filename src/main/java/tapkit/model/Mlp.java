package tapkit.model;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;

/**
 * The paper's multilayer perceptron for Humanization: all hits of two bars, a layer of rectified units, all offsets and velocities
 * at once. A row of the table, nothing that is played. Not thread safe.
 */
public final class Mlp implements Humanizer {
    /** Units of the hidden layer. */
    public static final int HIDDEN = 256;
    /** Offsets of all cells, then their velocities. */
    public static final int OUTPUTS = 2 * Grid.CELLS;

    private static final String HIDDEN_W = "hidden.W";
    private static final String HIDDEN_B = "hidden.b";
    private static final String OUTPUT_W = "output.W";
    private static final String OUTPUT_B = "output.b";

    /** [cells, hidden]. */
    private final float[] hiddenWeights;
    private final float[] hiddenBiases;
    /** [hidden, outputs]. */
    private final float[] outputWeights;
    private final float[] outputBiases;
    private final float[] hidden = new float[HIDDEN];
    private final float[] outputs = new float[OUTPUTS];

    /** A network with these weights, row by row: [cells, hidden], [hidden], [hidden, outputs], [outputs]. */
    public Mlp(float[] hiddenWeights, float[] hiddenBiases, float[] outputWeights, float[] outputBiases) {
        this.hiddenWeights = hiddenWeights.clone();
        this.hiddenBiases = hiddenBiases.clone();
        this.outputWeights = outputWeights.clone();
        this.outputBiases = outputBiases.clone();
    }

    /** Reads a file that {@link #save} wrote. */
    public static Mlp load(Path path) {
        Safetensors file = Safetensors.open(path);
        return new Mlp(file.tensor(HIDDEN_W, List.of(Grid.CELLS, HIDDEN)).toArray(),
                file.tensor(HIDDEN_B, List.of(HIDDEN)).toArray(),
                file.tensor(OUTPUT_W, List.of(HIDDEN, OUTPUTS)).toArray(),
                file.tensor(OUTPUT_B, List.of(OUTPUTS)).toArray());
    }

    /** Writes the weights in half precision. */
    public void save(Path path, Map<String, String> card) {
        Collection<Tensor> tensors = List.of(Tensor.of(HIDDEN_W, hiddenWeights, Grid.CELLS, HIDDEN),
                Tensor.of(HIDDEN_B, hiddenBiases, HIDDEN), Tensor.of(OUTPUT_W, outputWeights, HIDDEN, OUTPUTS),
                Tensor.of(OUTPUT_B, outputBiases, OUTPUTS));
        SafetensorsWriter.write(path, tensors, NumberType.F16, card);
    }

    @Override
    public void humanize(Piece score, int bar, long seed, Groove groove) {
        System.arraycopy(hiddenBiases, 0, hidden, 0, HIDDEN);
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            if (groove.hits[cell] != 0) {
                add(1, hiddenWeights, cell * HIDDEN, hidden);
            }
        }
        System.arraycopy(outputBiases, 0, outputs, 0, OUTPUTS);
        for (int unit = 0; unit < HIDDEN; unit++) {
            if (hidden[unit] > 0) {
                add(hidden[unit], outputWeights, unit * OUTPUTS, outputs);
            }
        }
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            groove.offsets[cell] = groove.hits[cell] * outputs[cell];
            groove.velocities[cell] = groove.hits[cell] * outputs[Grid.CELLS + cell];
        }
    }

    private static void add(float factor, float[] weights, int from, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * weights[from + i];
        }
    }
}
