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
    /** Bias and z's part of the first layer's gates, [4 × width]; a step's gates, likewise. */
    private final float[] fixedGates;
    private final float[] gates;
    /** h and c of the decoder, [layers, width and more]. */
    private final float[][] h;
    private final float[][] c;
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
            decoder[layer] = new VectorLstm(weights.decoder().get(layer).lstm(), 0, false, precision);
            initialH[layer] = new VectorDense(weights.decoder().get(layer).h(), precision);
            initialC[layer] = new VectorDense(weights.decoder().get(layer).c(), precision);
        }
        fixed = VectorLstm.pack(weights.fixed(), config.decoder(), precision);
        heads = new VectorDense(weights.heads(), precision);
        raw = new float[heads.rows()];
        int width = VectorLstm.width(config.decoder());
        fixedGates = new float[4 * width];
        gates = new float[4 * width];
        h = new float[layers][initialH[0].rows()];
        c = new float[layers][initialC[0].rows()];
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
        decoder[0].bias(fixedGates);
        fixed.add(z, 0, fixedGates, 0);
        int cells = config().decoder();
        for (int layer = 0; layer < decoder.length; layer++) {
            initialH[layer].apply(z, h[layer]);
            initialC[layer].apply(z, c[layer]);
            VectorActivations.tanh(h[layer], 0, cells);
            VectorActivations.tanh(c[layer], 0, cells);
        }
    }

    @Override
    protected void step(float[] told, int step, Prediction said) {
        System.arraycopy(fixedGates, 0, gates, 0, gates.length);
        decoder[0].hearSparse(told, gates);
        decoder[0].step(gates, c[0], h[0]);
        for (int layer = 1; layer < decoder.length; layer++) {
            decoder[layer].bias(gates);
            decoder[layer].hear(h[layer - 1], gates);
            decoder[layer].step(gates, c[layer], h[layer]);
        }
        heads.apply(h[decoder.length - 1], raw);
        int cell = Grid.cell(step, 0);
        System.arraycopy(raw, 0, said.probabilities, cell, Grid.VOICES);
        System.arraycopy(raw, Grid.VOICES, said.velocities, cell, Grid.VOICES);
        System.arraycopy(raw, 2 * Grid.VOICES, said.offsets, cell, Grid.VOICES);
        VectorActivations.sigmoid(said.probabilities, cell, Grid.VOICES);
        VectorActivations.sigmoid(said.velocities, cell, Grid.VOICES);
        VectorActivations.tanh(said.offsets, cell, Grid.VOICES, 1, 0.5f, 0);
    }
}
