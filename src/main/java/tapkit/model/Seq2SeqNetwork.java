package tapkit.model;

import java.util.random.RandomGenerator;
import tapkit.grid.Grid;
import tapkit.grid.Groove;

/**
 * The paper's Seq2Seq as one thread runs it: {@link #embed} reads two bars, {@link #write} writes two, each step given what was decided
 * on the one before. Holds every buffer: neither allocates. Not thread safe.
 */
public abstract class Seq2SeqNetwork {
    private final Seq2SeqConfig config;
    /** What the decoder is told at a step, [decoderInputs]. */
    private final float[] told;
    /** [embedded] */
    private final float[] embedding;

    protected Seq2SeqNetwork(Seq2SeqConfig config) {
        this.config = config;
        told = new float[config.decoderInputs()];
        embedding = new float[config.embedded()];
    }

    public final Seq2SeqConfig config() {
        return config;
    }

    /**
     * Reads two bars.
     *
     * @param read      what the task lets the encoder read, see {@link Seq2SeqTask#read}
     * @param embedding [embedded]: z, or its means and then its deviations before softplus
     */
    public abstract void embed(Groove read, float[] embedding);

    /**
     * Reads two bars and draws z from what they may mean.
     *
     * @param temperature 0 for the mean, 1 for a draw from the encoder's own Gaussians; without a bottleneck there are none
     * @param z           [latent]
     */
    public final void embed(Groove read, double temperature, RandomGenerator random, float[] z) {
        embed(read, embedding);
        for (int j = 0; j < z.length; j++) {
            z[j] = embedding[j];
            if (config.variational() && temperature > 0) {
                double raw = embedding[z.length + j];
                double deviation = Math.max(raw, 0) + Math.log1p(Math.exp(-Math.abs(raw)));
                z[j] += (float) (temperature * deviation * random.nextGaussian());
            }
        }
    }

    /** Begins to write. */
    protected abstract void start(float[] z);

    /** Fills a step of {@code said} with probabilities, velocities and offsets. */
    protected abstract void step(float[] told, int step, Prediction said);

    /**
     * Writes two bars.
     *
     * @param z       [latent]
     * @param score   whose hits are told ahead if {@link Seq2SeqTask#controlled}, else unused
     * @param sampler decides what sounds
     * @param said    what the network said of each cell
     * @param out     what was decided
     */
    public final void write(float[] z, Groove score, StepSampler sampler, Prediction said, Groove out) {
        out.clear();
        start(z);
        for (int step = 0; step < Grid.STEPS; step++) {
            tell(step, out, score, told, 0);
            step(told, step, said);
            sampler.sample(step, said, out);
        }
    }

    /**
     * Writes two bars from each of many z, of all of which the same is asked. The same bits as one after another, but on the vector
     * kernels for half the time.
     *
     * @param z       [candidates, latent]
     * @param sampler decides for each of some candidates on a step before it does so on the next
     */
    public void write(float[][] z, Groove score, StepSampler sampler, Prediction[] said, Groove[] out) {
        for (int i = 0; i < z.length; i++) {
            write(z[i], score, sampler, said[i], out[i]);
        }
    }

    /** Fills what the decoder is told at a step, from an index on. */
    final void tell(int step, Groove out, Groove score, float[] told, int from) {
        before(out, step, told, from);
        if (config.task().controlled()) {
            System.arraycopy(score.hits, Grid.cell(step, 0), told, from + Seq2SeqConfig.COLUMNS, Grid.VOICES);
        }
    }

    /** H, V and O of the step before, or only H; nothing before the first. */
    private void before(Groove out, int step, float[] told, int from) {
        boolean all = step > 0 && config.task().tellsPerformance();
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            int cell = Grid.cell(step - 1, voice);
            told[from + voice] = step > 0 ? out.hits[cell] : 0;
            told[from + Grid.VOICES + voice] = all ? out.velocities[cell] : 0;
            told[from + 2 * Grid.VOICES + voice] = all ? out.offsets[cell] : 0;
        }
    }

    /** Copies H, V, O of a groove into the encoder's input, [steps, 27]. */
    static void columns(Groove groove, float[] x) {
        for (int step = 0; step < Grid.STEPS; step++) {
            int cell = Grid.cell(step, 0);
            int row = step * Seq2SeqConfig.COLUMNS;
            System.arraycopy(groove.hits, cell, x, row, Grid.VOICES);
            System.arraycopy(groove.velocities, cell, x, row + Grid.VOICES, Grid.VOICES);
            System.arraycopy(groove.offsets, cell, x, row + 2 * Grid.VOICES, Grid.VOICES);
        }
    }
}
