package tapkit.model;

import java.util.Set;
import java.util.SplittableRandom;
import tapkit.UserError;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.grid.Voice;

/** Infilling by the paper's Seq2Seq, which has learned one voice: {@link Seq2SeqTask#MISSING}. Not thread safe. */
public final class Seq2SeqInfiller implements Infiller {
    /** Least probability of a hit; what its training validates with. */
    public static final double THRESHOLD = 0.4;
    private static final Voice LEARNED = Seq2SeqTask.MISSING;

    private final Seq2SeqNetwork network;
    private final double temperature;
    private final float[] z;
    private final Prediction said = new Prediction();
    private final Groove given = new Groove();
    private final Groove written = new Groove();

    /**
     * @param network     has learned {@link Seq2SeqTask#INFILL}
     * @param temperature 0 for the mean of what the other voices may mean, 1 for a draw (with a bottleneck)
     */
    public Seq2SeqInfiller(Seq2SeqNetwork network, double temperature) {
        this.network = network;
        this.temperature = temperature;
        z = new float[network.config().latent()];
    }

    @Override
    public void infill(Piece rest, int bar, Set<Voice> wanted, long seed, Groove groove) {
        if (!wanted.equals(Set.of(LEARNED))) {
            throw new UserError("this model has learned to fill in " + LEARNED.label() + " only; choose another --model");
        }
        given.copyFrom(groove);
        network.embed(given, temperature, new SplittableRandom(seed * 1_000_003 + bar), z);
        network.write(z, given, StepSampler.missing(LEARNED.ordinal(), given, THRESHOLD), said, written);
        for (int step = 0; step < Grid.STEPS; step++) {
            int cell = Grid.cell(step, LEARNED.ordinal());
            if (written.hits[cell] != 0) {
                groove.set(step, LEARNED.ordinal(), written.offsets[cell], written.velocities[cell]);
            }
        }
    }
}
