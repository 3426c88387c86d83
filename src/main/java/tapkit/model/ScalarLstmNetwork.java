package tapkit.model;

import java.util.Arrays;
import tapkit.grid.Grid;
import tapkit.grid.TapWindow;

/**
 * The network in plain loops, straight from the mapped weights: the oracle of the faster kernels, and what plays where the
 * Vector API is missing. Not thread safe; {@link #predict} does not allocate.
 */
final class ScalarTapModel implements TapModel {
    private final LstmWeights weights;
    private final LstmState state;
    private final int hidden;

    ScalarTapModel(LstmWeights weights) {
        this.weights = weights;
        this.hidden = weights.config().hidden();
        this.state = new LstmState(weights.config(), hidden);
    }

    @Override
    public void predict(TapWindow taps, Prediction out) {
        TapFeatures.fill(taps, state.x);
        float[] x = state.x;
        for (int layer = 0; layer < state.y.length; layer++) {
            int inputs = weights.config().inputs(layer);
            float[] y = state.y[layer];
            forward(weights.layers().get(layer).forward(), x, inputs, y);
            backward(weights.layers().get(layer).backward(), x, inputs, y);
            x = y;
        }
        for (int step = 0; step < Grid.STEPS; step++) {
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                int cell = Grid.cell(step, voice);
                out.probabilities[cell] = sigmoid(dense(weights.hits(), voice, x, step));
                out.velocities[cell] = sigmoid(dense(weights.velocity(), voice, x, step));
                out.offsets[cell] = 0.5f * tanh(dense(weights.offset(), voice, x, step));
            }
        }
    }

    /** One direction from the first step to the last: fills the left half of each row of y. */
    private void forward(LstmWeights.Direction lstm, float[] x, int inputs, float[] y) {
        Arrays.fill(state.c, 0);
        for (int step = 0; step < Grid.STEPS; step++) {
            cell(lstm, x, inputs, y, step, step - 1, 0);
        }
    }

    /** The other one from the last step to the first: fills the right half. */
    private void backward(LstmWeights.Direction lstm, float[] x, int inputs, float[] y) {
        Arrays.fill(state.c, 0);
        for (int step = Grid.STEPS - 1; step >= 0; step--) {
            cell(lstm, x, inputs, y, step, step + 1 < Grid.STEPS ? step + 1 : -1, hidden);
        }
    }

    /**
     * The LSTM's equations at one step (Hochreiter and Schmidhuber 1997, with Gers's forget gate):
     *
     * <pre>
     * i = σ(Wᵢ x + Rᵢ h' + bᵢ)   f = σ(W_f x + R_f h' + b_f)   o = σ(Wₒ x + Rₒ h' + bₒ)   g = tanh(W_g x + R_g h' + b_g)
     * c = f c' + i g             h = o tanh(c)
     * </pre>
     *
     * @param before the step that h' comes from, or −1 for h' = 0
     * @param column where this direction's h lies in a row of y
     */
    private void cell(LstmWeights.Direction lstm, float[] x, int inputs, float[] y, int step, int before, int column) {
        int h = before * 2 * hidden + column;
        for (int unit = 0; unit < hidden; unit++) {
            float i = sigmoid(gate(lstm, unit, x, step * inputs, inputs, y, before, h));
            float f = sigmoid(gate(lstm, hidden + unit, x, step * inputs, inputs, y, before, h));
            float o = sigmoid(gate(lstm, 2 * hidden + unit, x, step * inputs, inputs, y, before, h));
            float g = tanh(gate(lstm, 3 * hidden + unit, x, step * inputs, inputs, y, before, h));
            state.c[unit] = f * state.c[unit] + i * g;
            y[step * 2 * hidden + column + unit] = o * tanh(state.c[unit]);
        }
    }

    /** W x + R h' + b of one row. */
    private float gate(LstmWeights.Direction lstm, int row, float[] x, int xFrom, int inputs, float[] y, int before,
            int hFrom) {
        float sum = lstm.b().get(row);
        for (int j = 0; j < inputs; j++) {
            sum += lstm.w().get((long) row * inputs + j) * x[xFrom + j];
        }
        if (before >= 0) {
            for (int j = 0; j < hidden; j++) {
                sum += lstm.r().get((long) row * hidden + j) * y[hFrom + j];
            }
        }
        return sum;
    }

    private float dense(LstmWeights.Dense head, int row, float[] x, int step) {
        int width = 2 * hidden;
        float sum = head.b().get(row);
        for (int j = 0; j < width; j++) {
            sum += head.w().get((long) row * width + j) * x[step * width + j];
        }
        return sum;
    }

    private static float sigmoid(float x) {
        return (float) (1 / (1 + Math.exp(-x)));
    }

    private static float tanh(float x) {
        return (float) Math.tanh(x);
    }
}
