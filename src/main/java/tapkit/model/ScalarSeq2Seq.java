package tapkit.model;

import java.util.Arrays;
import java.util.List;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.model.LstmWeights.Dense;
import tapkit.model.LstmWeights.Direction;

/** The paper's Seq2Seq in plain loops, straight from the mapped weights: the oracle of the faster kernels. */
final class ScalarSeq2Seq extends Seq2SeqNetwork {
    private final Seq2SeqWeights weights;
    private final float[] z;
    /** x: what is read, [steps, 27]. */
    private final float[] x = new float[Grid.STEPS * Seq2SeqConfig.COLUMNS];
    /** h and c of one direction of the encoder, [encoder]; both last h, [2 × encoder]. */
    private final float[] h;
    private final float[] c;
    private final float[] last;
    /** h and c of the decoder, [layers, decoder]. */
    private final float[][] decoderH;
    private final float[][] decoderC;
    /** Gates of one step, [4 × cells]. */
    private final float[] gates;
    private final float[] raw = new float[Seq2SeqConfig.COLUMNS];

    ScalarSeq2Seq(Seq2SeqWeights weights) {
        super(weights.config());
        this.weights = weights;
        Seq2SeqConfig config = weights.config();
        z = new float[config.latent()];
        h = new float[config.encoder()];
        c = new float[config.encoder()];
        last = new float[2 * config.encoder()];
        decoderH = new float[config.layers()][config.decoder()];
        decoderC = new float[config.layers()][config.decoder()];
        gates = new float[4 * Math.max(config.encoder(), config.decoder())];
    }

    @Override
    public void embed(Groove read, float[] embedding) {
        columns(read, x);
        read(weights.forward(), false, 0);
        read(weights.backward(), true, h.length);
        dense(weights.embedding(), last, embedding);
    }

    private void read(Direction lstm, boolean backward, int to) {
        Arrays.fill(h, 0);
        Arrays.fill(c, 0);
        for (int n = 0; n < Grid.STEPS; n++) {
            int step = backward ? Grid.STEPS - 1 - n : n;
            bias(lstm);
            add(lstm.w(), x, step * Seq2SeqConfig.COLUMNS);
            add(lstm.r(), h, 0);
            cell(h, c);
        }
        System.arraycopy(h, 0, last, to, h.length);
    }

    @Override
    protected void start(float[] embedding) {
        System.arraycopy(embedding, 0, z, 0, z.length);
        for (int layer = 0; layer < decoderH.length; layer++) {
            initial(weights.decoder().get(layer).h(), decoderH[layer]);
            initial(weights.decoder().get(layer).c(), decoderC[layer]);
        }
    }

    private void initial(Dense dense, float[] state) {
        dense(dense, z, state);
        for (int j = 0; j < state.length; j++) {
            state[j] = tanh(state[j]);
        }
    }

    @Override
    protected void step(float[] told, int step, Prediction said) {
        float[] below = told;
        List<Seq2SeqWeights.Layer> layers = weights.decoder();
        for (int layer = 0; layer < layers.size(); layer++) {
            Direction lstm = layers.get(layer).lstm();
            bias(lstm);
            if (layer == 0) {
                add(weights.fixed(), z, 0);
            }
            add(lstm.w(), below, 0);
            add(lstm.r(), decoderH[layer], 0);
            cell(decoderH[layer], decoderC[layer]);
            below = decoderH[layer];
        }
        dense(weights.heads(), below, raw);
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            int cell = Grid.cell(step, voice);
            said.probabilities[cell] = sigmoid(raw[voice]);
            said.velocities[cell] = sigmoid(raw[Grid.VOICES + voice]);
            said.offsets[cell] = 0.5f * tanh(raw[2 * Grid.VOICES + voice]);
        }
    }

    private void bias(Direction lstm) {
        for (int row = 0; row < lstm.b().shape().getFirst(); row++) {
            gates[row] = lstm.b().get(row);
        }
    }

    /** gates += matrix · v, for a vector that begins at an index. */
    private void add(Tensor matrix, float[] v, int from) {
        int columns = matrix.shape().get(1);
        for (int row = 0; row < matrix.shape().get(0); row++) {
            float sum = 0;
            for (int j = 0; j < columns; j++) {
                sum += matrix.get((long) row * columns + j) * v[from + j];
            }
            gates[row] += sum;
        }
    }

    /** c = σ(f) c + σ(i) tanh(g), h = σ(o) tanh(c); the gates are i, f, o, g. */
    private void cell(float[] h, float[] c) {
        int cells = h.length;
        for (int j = 0; j < cells; j++) {
            float i = sigmoid(gates[j]);
            float f = sigmoid(gates[cells + j]);
            float o = sigmoid(gates[2 * cells + j]);
            float g = tanh(gates[3 * cells + j]);
            c[j] = f * c[j] + i * g;
            h[j] = o * tanh(c[j]);
        }
    }

    private static void dense(Dense dense, float[] v, float[] out) {
        int columns = dense.w().shape().get(1);
        for (int row = 0; row < dense.w().shape().get(0); row++) {
            float sum = dense.b().get(row);
            for (int j = 0; j < columns; j++) {
                sum += dense.w().get((long) row * columns + j) * v[j];
            }
            out[row] = sum;
        }
    }

    private static float sigmoid(float x) {
        return (float) (1 / (1 + Math.exp(-x)));
    }

    private static float tanh(float x) {
        return (float) Math.tanh(x);
    }
}
