package tapkit.model;

import java.util.SplittableRandom;
import tapkit.data.Quantizer;
import tapkit.data.Score;
import tapkit.data.ScoreBuilder;
import tapkit.grid.Grid;
import tapkit.grid.Groove;

/**
 * The grooves that the paper's autoencoder with a bottleneck can think of: new ones, and those between two. Longer pieces are written
 * bar by bar, each window of the network beginning with the bar that was written last, so that no bar line is a seam. Not thread safe.
 */
public final class GrooveSpace {
    /** What sounds best: livelier than the likeliest, without odd hits. */
    public static final double TEMPERATURE = 0.5;
    private static final int BAR_CELLS = Grid.STEPS_PER_BAR * Grid.VOICES;

    private final Seq2SeqNetwork network;
    private final double temperature;
    private final SplittableRandom random;
    private final Prediction said = new Prediction();
    private final Groove groove = new Groove();
    private final Groove before = new Groove();

    /**
     * @param network     has learned {@link Seq2SeqTask#SAMPLE}
     * @param temperature of the draw of hits, see {@link StepSampler#drawn}
     * @param seed        of everything that is left to chance
     */
    public GrooveSpace(Seq2SeqNetwork network, double temperature, long seed) {
        this.network = network;
        this.temperature = temperature;
        random = new SplittableRandom(seed);
    }

    /**
     * New drums: two bars from an embedding that is drawn from the prior, and each bar after them from one that is drawn from what the
     * two before it may mean.
     */
    public Score sample(int bars, double bpm) {
        ScoreBuilder drums = ScoreBuilder.at(bpm);
        int track = drums.track("Drums");
        float[] z = new float[network.config().latent()];
        for (int j = 0; j < z.length; j++) {
            z[j] = (float) random.nextGaussian();
        }
        write(z, false);
        drums.drums(track, 0, groove, 0, Grid.STEPS_PER_BAR * Math.min(bars, Grid.BARS));
        for (int bar = Grid.BARS; bar < bars; bar++) {
            swapBars(groove, before);
            network.embed(before, 1, random, z);
            write(z, true);
            drums.drums(track, bar - 1, groove, Grid.STEPS_PER_BAR, Grid.STEPS_PER_BAR);
        }
        return drums.build();
    }

    /**
     * A way from one groove to another: so many pieces one after another, as long as the longer of the two, each further on the way.
     * The first and the last are the two as the network understands them. In the first one's tempo.
     *
     * @param steps at least 2
     */
    public Score interpolate(Score from, Score to, int steps) {
        GrooveLoop start = new GrooveLoop(network, Quantizer.piece(from), 0, 0);
        GrooveLoop end = new GrooveLoop(network, Quantizer.piece(to), 0, 0);
        int bars = Math.max(start.bars(), end.bars());
        ScoreBuilder drums = ScoreBuilder.at(from.bpmAt(0));
        int track = drums.track("Drums");
        for (int step = 0; step < steps; step++) {
            double share = step / (steps - 1.0);
            for (int bar = 0; bar == 0 || bar + 1 < bars; bar++) {
                write(between(start.at(bar), end.at(bar), share), bar > 0);
                int first = bar == 0 ? 0 : Grid.STEPS_PER_BAR;
                int last = Grid.STEPS_PER_BAR * Math.min(Grid.BARS, bars - bar);
                drums.drums(track, step * bars + bar, groove, first, last - first);
            }
        }
        return drums.build();
    }

    /** Fills the groove; goes on from the one that is there, or starts anew. */
    private void write(float[] z, boolean on) {
        StepSampler drawn = StepSampler.drawn(temperature, random);
        before.copyFrom(groove);
        network.write(z, groove, on ? StepSampler.after(before, drawn) : drawn, said, groove);
    }

    /**
     * Along the great circle (White 2016): on a straight line the middle would be shorter than any embedding that the decoder has
     * heard.
     */
    static float[] between(float[] a, float[] b, double share) {
        double aa = 0;
        double bb = 0;
        double ab = 0;
        for (int j = 0; j < a.length; j++) {
            aa += a[j] * a[j];
            bb += b[j] * b[j];
            ab += a[j] * b[j];
        }
        double angle = Math.acos(Math.clamp(ab / Math.max(1e-12, Math.sqrt(aa * bb)), -1, 1));
        double sine = Math.sin(angle);
        double weightA = sine < 1e-6 ? 1 - share : Math.sin((1 - share) * angle) / sine;
        double weightB = sine < 1e-6 ? share : Math.sin(share * angle) / sine;
        float[] z = new float[a.length];
        for (int j = 0; j < z.length; j++) {
            z[j] = (float) (weightA * a[j] + weightB * b[j]);
        }
        return z;
    }

    private static void swapBars(Groove from, Groove to) {
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            int other = (cell + BAR_CELLS) % Grid.CELLS;
            to.hits[cell] = from.hits[other];
            to.offsets[cell] = from.offsets[other];
            to.velocities[cell] = from.velocities[other];
        }
    }
}
