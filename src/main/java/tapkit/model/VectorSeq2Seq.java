package tapkit.model;

import java.util.Arrays;
import tapkit.grid.Grid;
import tapkit.grid.Groove;

/**
 * The paper's Seq2Seq on the Vector API, from weights repacked at load. At its size an inference is bound by reading the weights,
 * step after step, so fewer are read: what z adds to the gates is computed once for all steps, zeros that are read or told cost
 * nothing, and the encoder goes on from where it was. It keeps its states at every step, and reads again only what the steps
 * that have changed since the last time may have changed: forward from the first of them, backward from the last.
 */
final class VectorSeq2Seq extends Seq2SeqNetwork {
    /** x: what is read, and what was read the last time, [steps, 27]; first of all nothing that could be equal. */
    private final float[] x = new float[Grid.STEPS * Seq2SeqConfig.COLUMNS];
    private final float[] known = new float[x.length];
    private final VectorLstm forward;
    private final VectorLstm backward;
    private final VectorDense embedding;
    private final int encoderWidth;
    /** The encoder's gates, [steps, 4 × encoderWidth]; each direction's cells, [steps, encoderWidth]; y, [steps, 2 × encoderWidth]. */
    private final float[] encoderGates;
    private final float[] forwardC;
    private final float[] backwardC;
    private final float[] y;
    /** Last outputs of both directions, [2 × encoder]. */
    private final float[] last;

    private final VectorLstm[] decoder;
    private final VectorDense[] initialH;
    private final VectorDense[] initialC;
    private final PackedMatrix fixed;
    private final VectorDense heads;
    /** Grooves that are written side by side. */
    private static final int SIDE_BY_SIDE = LstmState.STEP_BLOCK;
    private final int width;
    /** What the decoders are told, [side by side, inputs]. */
    private final float[] told;
    /** Bias and z's part of the first layer's gates, [side by side, 4 × width]; a step's gates, likewise. */
    private final float[] fixedGates;
    private final float[] gates;
    /** What each layer's next step has from its last, [layers, side by side, 4 × width]. */
    private final float[][] recalled;
    /** h and c of the decoder, [layers, side by side, width]. */
    private final float[][] h;
    private final float[][] c;
    /** An initial h or c, with padding. */
    private final float[] initial;
    /** Heads before activation, with padding. */
    private final float[] raw;
    /** The embedding with padding. */
    private final float[] padded;

    VectorSeq2Seq(Seq2SeqWeights weights, Precision precision) {
        super(weights.config());
        Seq2SeqConfig config = weights.config();
        forward = new VectorLstm(weights.forward(), 0, false, precision);
        backward = new VectorLstm(weights.backward(), 0, true, precision);
        embedding = new VectorDense(weights.embedding(), precision);
        padded = new float[embedding.rows()];
        encoderWidth = VectorLstm.width(config.encoder());
        encoderGates = new float[Grid.STEPS * 4 * encoderWidth];
        forwardC = new float[Grid.STEPS * encoderWidth];
        backwardC = new float[forwardC.length];
        Arrays.fill(known, Float.NaN);
        y = new float[Grid.STEPS * 2 * encoderWidth];
        last = new float[2 * config.encoder()];
        int layers = config.layers();
        decoder = new VectorLstm[layers];
        initialH = new VectorDense[layers];
        initialC = new VectorDense[layers];
        for (int layer = 0; layer < layers; layer++) {
            decoder[layer] = new VectorLstm(weights.decoder().get(layer).lstm(), layer == 0 ? 0 : config.decoder(), false,
                    precision);
            initialH[layer] = new VectorDense(weights.decoder().get(layer).h(), precision);
            initialC[layer] = new VectorDense(weights.decoder().get(layer).c(), precision);
        }
        fixed = VectorLstm.pack(weights.fixed(), config.decoder(), config.latent(), precision);
        heads = new VectorDense(weights.heads(), precision);
        raw = new float[heads.rows()];
        width = VectorLstm.width(config.decoder());
        told = new float[SIDE_BY_SIDE * config.decoderInputs()];
        fixedGates = new float[SIDE_BY_SIDE * 4 * width];
        gates = new float[fixedGates.length];
        recalled = new float[layers][fixedGates.length];
        h = new float[layers][SIDE_BY_SIDE * width];
        c = new float[layers][SIDE_BY_SIDE * width];
        initial = new float[Math.max(initialH[0].rows(), width)];
    }

    @Override
    public void embed(Groove read, float[] out) {
        columns(read, x);
        int change = Arrays.mismatch(x, known);
        if (change >= 0) {
            forward.run(x, change / Seq2SeqConfig.COLUMNS, Grid.STEPS, encoderGates, forwardC, y);
            backward.run(x, unchangedEnd(), Grid.STEPS, encoderGates, backwardC, y);
            System.arraycopy(x, 0, known, 0, x.length);
            int cells = last.length / 2;
            System.arraycopy(y, (Grid.STEPS - 1) * 2 * encoderWidth, last, 0, cells);
            System.arraycopy(y, encoderWidth, last, cells, cells);
            embedding.apply(last, padded);
        }
        System.arraycopy(padded, 0, out, 0, config().embedded());
    }

    /** How many steps at the end are as they were; there is one that is not. */
    private int unchangedEnd() {
        int at = x.length - 1;
        while (Float.compare(x[at], known[at]) == 0) {
            at--;
        }
        return Grid.STEPS - 1 - at / Seq2SeqConfig.COLUMNS;
    }

    @Override
    protected void start(float[] z) {
        start(0, z);
        for (int layer = 0; layer < decoder.length - 1; layer++) {
            decoder[layer].recall(h[layer], recalled[layer], true);
        }
    }

    private void start(int row, float[] z) {
        decoder[0].bias(fixedGates, row);
        fixed.add(z, 0, fixedGates, row * 4 * width);
        for (int layer = 0; layer < decoder.length; layer++) {
            initial(initialH[layer], z, h[layer], row);
            initial(initialC[layer], z, c[layer], row);
        }
    }

    private void initial(VectorDense dense, float[] z, float[] state, int row) {
        dense.apply(z, initial);
        VectorActivations.tanh(initial, 0, width);
        System.arraycopy(initial, 0, state, row * width, width);
    }

    /**
     * A step's matrices are read in one order and the next step's in the opposite one, so that each step finds in the cache what the
     * one before has read last. To that end R h is computed as soon as h is there, but in the last layer, where nothing follows.
     */
    @Override
    protected void step(float[] told, int step, Prediction said) {
        boolean back = step % 2 == 1;
        int top = decoder.length - 1;
        if (back) {
            decoder[top].recall(h[top], recalled[top], true);
        }
        System.arraycopy(fixedGates, 0, gates, 0, 4 * width);
        decoder[0].hearSparse(told, 0, gates, 0);
        for (int layer = 0; layer < top; layer++) {
            decoder[layer].step(1, gates, recalled[layer], c[layer], h[layer]);
            decoder[layer + 1].bias(gates, 0);
            if (back) {
                decoder[layer + 1].hear(h[layer], gates, true);
            }
            if (step < Grid.STEPS - 1) {
                decoder[layer].recall(h[layer], recalled[layer], back);
            }
            if (!back) {
                decoder[layer + 1].hear(h[layer], gates, false);
            }
        }
        if (!back) {
            decoder[top].recall(h[top], recalled[top], false);
        }
        decoder[top].step(1, gates, recalled[top], c[top], h[top]);
        say(0, step, said);
    }

    @Override
    public void write(float[][] z, Groove score, StepSampler sampler, Prediction[] said, Groove[] out) {
        for (int first = 0; first < z.length; first += SIDE_BY_SIDE) {
            int count = Math.min(SIDE_BY_SIDE, z.length - first);
            for (int row = 0; row < count; row++) {
                out[first + row].clear();
                start(row, z[first + row]);
            }
            for (int step = 0; step < Grid.STEPS; step++) {
                System.arraycopy(fixedGates, 0, gates, 0, gates.length);
                for (int row = 0; row < count; row++) {
                    int from = row * config().decoderInputs();
                    tell(step, out[first + row], score, told, from);
                    decoder[0].hearSparse(told, from, gates, row);
                }
                for (int layer = 0; layer < decoder.length; layer++) {
                    if (layer > 0) {
                        decoder[layer].hearAll(h[layer - 1], count, gates);
                    }
                    decoder[layer].recallAll(count, h[layer], recalled[layer]);
                    decoder[layer].step(count, gates, recalled[layer], c[layer], h[layer]);
                }
                for (int row = 0; row < count; row++) {
                    say(row, step, said[first + row]);
                    sampler.sample(step, said[first + row], out[first + row]);
                }
            }
        }
    }

    /** What one of the decoders says of a step. */
    private void say(int row, int step, Prediction said) {
        heads.apply(h[decoder.length - 1], row * width, raw);
        int cell = Grid.cell(step, 0);
        System.arraycopy(raw, 0, said.probabilities, cell, Grid.VOICES);
        System.arraycopy(raw, Grid.VOICES, said.velocities, cell, Grid.VOICES);
        System.arraycopy(raw, 2 * Grid.VOICES, said.offsets, cell, Grid.VOICES);
        VectorActivations.sigmoid(said.probabilities, cell, Grid.VOICES);
        VectorActivations.sigmoid(said.velocities, cell, Grid.VOICES);
        VectorActivations.tanh(said.offsets, cell, Grid.VOICES, 1, 0.5f, 0);
    }
}
