package tapkit.model;

import tapkit.grid.Grid;
import tapkit.grid.TapWindow;

/**
 * The network on the Vector API, from weights repacked at load. The same results to about 1e-6 as {@link ScalarTapModel}, and
 * the same bits on every machine with fused multiply-add. Not thread safe; {@link #predict} does not allocate.
 */
final class VectorTapModel implements TapModel {
    private final LstmState state;
    private final VectorLstm[] forward;
    private final VectorLstm[] backward;
    /** Rows: nine hits, nine velocities, nine offsets. */
    private final PackedMatrix heads;
    /** [steps, rows of heads with padding] */
    private final float[] z;

    VectorTapModel(LstmWeights weights) {
        LstmConfig config = weights.config();
        state = new LstmState(config, VectorLstm.width(config.hidden()));
        forward = new VectorLstm[config.layers()];
        backward = new VectorLstm[config.layers()];
        for (int layer = 0; layer < config.layers(); layer++) {
            int below = layer == 0 ? 0 : config.hidden();
            forward[layer] = new VectorLstm(weights.layers().get(layer).forward(), below, false);
            backward[layer] = new VectorLstm(weights.layers().get(layer).backward(), below, true);
        }
        heads = heads(weights);
        z = new float[Grid.STEPS * heads.blocks * PackedMatrix.BLOCK];
    }

    private static PackedMatrix heads(LstmWeights weights) {
        int hidden = weights.config().hidden();
        int width = VectorLstm.width(hidden);
        LstmWeights.Dense[] parts = {weights.hits(), weights.velocity(), weights.offset()};
        int rows = parts.length * Grid.VOICES;
        PackedMatrix packed = new PackedMatrix((rows + PackedMatrix.BLOCK - 1) / PackedMatrix.BLOCK, 2 * width);
        for (int row = 0; row < rows; row++) {
            LstmWeights.Dense part = parts[row / Grid.VOICES];
            int voice = row % Grid.VOICES;
            packed.setBias(row, part.b().get(voice));
            for (int column = 0; column < 2 * hidden; column++) {
                packed.set(row, column < hidden ? column : width + column - hidden, part.w().get(voice, column));
            }
        }
        return packed;
    }

    @Override
    public void predict(TapWindow taps, Prediction out) {
        TapFeatures.fill(taps, state.x);
        float[] x = state.x;
        for (int layer = 0; layer < forward.length; layer++) {
            float[] y = state.y[layer];
            forward[layer].run(x, state.gates, state.c, y);
            backward[layer].run(x, state.gates, state.c, y);
            x = y;
        }
        heads.multiply(x, z);
        for (int step = 0; step < Grid.STEPS; step++) {
            int row = step * heads.blocks * PackedMatrix.BLOCK;
            System.arraycopy(z, row, out.probabilities, step * Grid.VOICES, Grid.VOICES);
            System.arraycopy(z, row + Grid.VOICES, out.velocities, step * Grid.VOICES, Grid.VOICES);
            System.arraycopy(z, row + 2 * Grid.VOICES, out.offsets, step * Grid.VOICES, Grid.VOICES);
        }
        VectorActivations.sigmoid(out.probabilities, 0, Grid.CELLS);
        VectorActivations.sigmoid(out.velocities, 0, Grid.CELLS);
        VectorActivations.tanh(out.offsets, 0, Grid.CELLS, 1, 0.5f, 0);
    }
}
