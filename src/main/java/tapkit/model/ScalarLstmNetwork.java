package tapkit.model;

import java.util.Arrays;
import tapkit.model.LstmConfig.Activation;
import tapkit.model.LstmConfig.Head;

/**
 * The network in plain loops, straight from the mapped weights: the oracle of the faster kernels, and what plays where the
 * Vector API is missing. Not thread safe; {@link #run} does not allocate.
 */
final class ScalarLstmNetwork implements LstmNetwork {
    private final LstmWeights weights;
    private final LstmState state;
    private final int hidden;

    ScalarLstmNetwork(LstmWeights weights, int maxSteps) {
        this.weights = weights;
        this.hidden = weights.config().hidden();
        this.state = new LstmState(weights.config(), hidden, maxSteps);
    }

    @Override
    public void run(float[] features, int steps, float[][] heads) {
        state.setInput(features, steps, weights.config().inputs());
        float[] x = state.x;
        for (int layer = 0; layer < state.y.length; layer++) {
            int inputs = weights.config().inputs(layer);
            float[] y = state.y[layer];
            forward(weights.layers().get(layer).forward(), x, inputs, y, steps);
            backward(weights.layers().get(layer).backward(), x, inputs, y, steps);
            x = y;
        }
        for (int i = 0; i < heads.length; i++) {
            Head head = weights.config().heads().get(i);
            LstmWeights.Dense dense = weights.heads().get(i);
            for (int step = 0; step < steps; step++) {
                for (int row = 0; row < head.width(); row++) {
                    heads[i][step * head.width() + row] = activate(head.activation(), dense(dense, row, x, step));
                }
            }
        }
    }

    /** One direction from the first step to the last: fills the left half of each row of y. */
    private void forward(LstmWeights.Direction lstm, float[] x, int inputs, float[] y, int steps) {
        Arrays.fill(state.c, 0, hidden, 0);
        for (int step = 0; step < steps; step++) {
            cell(lstm, x, inputs, y, step, step - 1, 0);
        }
    }

    /** The other one from the last step to the first: fills the right half. */
    private void backward(LstmWeights.Direction lstm, float[] x, int inputs, float[] y, int steps) {
        Arrays.fill(state.c, 0, hidden, 0);
        for (int step = steps - 1; step >= 0; step--) {
            cell(lstm, x, inputs, y, step, step + 1 < steps ? step + 1 : -1, hidden);
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

    private static float activate(Activation activation, float sum) {
        return switch (activation) {
            case LINEAR -> sum;
            case SIGMOID -> sigmoid(sum);
            case HALF_TANH -> 0.5f * tanh(sum);
        };
    }

    private static float sigmoid(float x) {
        return (float) (1 / (1 + Math.exp(-x)));
    }

    private static float tanh(float x) {
        return (float) Math.tanh(x);
    }
}
