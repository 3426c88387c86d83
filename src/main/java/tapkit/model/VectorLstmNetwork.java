package tapkit.model;

import tapkit.model.LstmConfig.Head;

/**
 * The network on the Vector API, from weights repacked at load. The same results to about 1e-6 as {@link ScalarLstmNetwork}, and
 * the same bits on every machine with fused multiply-add. Not thread safe; {@link #run} does not allocate.
 */
final class VectorLstmNetwork implements LstmNetwork {
    private final int inputs;
    private final LstmState state;
    private final VectorLstm[] forward;
    private final VectorLstm[] backward;
    private final Head[] heads;
    /** Rows: those of all heads, one head after another. */
    private final PackedMatrix dense;
    /** [steps, rows of heads with padding] */
    private final float[] z;

    VectorLstmNetwork(LstmWeights weights, Precision precision, int maxSteps) {
        LstmConfig config = weights.config();
        inputs = config.inputs();
        state = new LstmState(config, VectorLstm.width(config.hidden()), maxSteps);
        forward = new VectorLstm[config.layers()];
        backward = new VectorLstm[config.layers()];
        for (int layer = 0; layer < config.layers(); layer++) {
            int below = layer == 0 ? 0 : config.hidden();
            forward[layer] = new VectorLstm(weights.layers().get(layer).forward(), below, false, precision);
            backward[layer] = new VectorLstm(weights.layers().get(layer).backward(), below, true, precision);
        }
        heads = config.heads().toArray(Head[]::new);
        dense = dense(weights, precision);
        z = new float[LstmState.padded(maxSteps) * dense.rows()];
    }

    private static PackedMatrix dense(LstmWeights weights, Precision precision) {
        int hidden = weights.config().hidden();
        int width = VectorLstm.width(hidden);
        MatrixRows rows = new MatrixRows(Math.ceilDiv(weights.config().outputs(), PackedMatrix.BLOCK), 2 * width);
        int row = 0;
        for (LstmWeights.Dense head : weights.heads()) {
            for (int output = 0; output < head.b().shape().getFirst(); output++, row++) {
                rows.bias[row] = head.b().get(output);
                for (int column = 0; column < 2 * hidden; column++) {
                    rows.set(row, column < hidden ? column : width + column - hidden, head.w().get(output, column));
                }
            }
        }
        return precision.pack(rows);
    }

    @Override
    public void run(float[] features, int steps, float[][] out) {
        state.setInput(features, steps, inputs);
        float[] x = state.x;
        for (int layer = 0; layer < forward.length; layer++) {
            float[] y = state.y[layer];
            forward[layer].run(x, 0, steps, state.gates, state.c, y);
            backward[layer].run(x, 0, steps, state.gates, state.c, y);
            x = y;
        }
        int row = dense.rows();
        dense.biases(steps, z);
        dense.addAll(x, steps, z);
        int column = 0;
        for (int i = 0; i < heads.length; i++) {
            int width = heads[i].width();
            for (int step = 0; step < steps; step++) {
                System.arraycopy(z, step * row + column, out[i], step * width, width);
            }
            column += width;
            switch (heads[i].activation()) {
                case SIGMOID -> VectorActivations.sigmoid(out[i], 0, steps * width);
                case HALF_TANH -> VectorActivations.tanh(out[i], 0, steps * width, 1, 0.5f, 0);
                case LINEAR -> {
                    // The sums are the answers.
                }
            }
        }
    }
}
