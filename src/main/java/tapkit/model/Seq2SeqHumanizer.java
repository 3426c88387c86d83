package tapkit.model;

import java.util.SplittableRandom;
import tapkit.grid.Groove;
import tapkit.grid.Piece;

/** Humanization by the paper's Seq2Seq: two bars alone, nothing around them. Not thread safe. */
public final class Seq2SeqHumanizer implements Humanizer {
    private final Seq2SeqNetwork network;
    private final double temperature;
    private final float[] z;
    private final Prediction said = new Prediction();
    private final Groove score = new Groove();

    /**
     * @param network     has learned {@link Seq2SeqTask#HUMANIZE}
     * @param temperature 0 for the mean of what the score may mean, 1 for a draw (with a bottleneck)
     */
    public Seq2SeqHumanizer(Seq2SeqNetwork network, double temperature) {
        this.network = network;
        this.temperature = temperature;
        z = new float[network.config().latent()];
    }

    @Override
    public void humanize(Piece piece, int bar, long seed, Groove groove) {
        score.copyFrom(groove);
        network.embed(score, temperature, new SplittableRandom(seed * 1_000_003 + bar), z);
        network.write(z, score, StepSampler.hitsOf(score), said, groove);
    }
}
