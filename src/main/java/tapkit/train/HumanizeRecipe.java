package tapkit.train;

import java.io.Serializable;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * How a network of the Humanization model that ships is trained.
 *
 * @param batches     of an epoch
 * @param calibration what is asked of the readings' stretch
 */
public record HumanizeRecipe(Network network, Loss loss, Variation variation, Calibration calibration, int batches,
        Optimiser optimiser) {
    private static final Calibration LIMITS = new Calibration(0.23, 0.06);
    private static final Optimiser OPTIMISER = new Optimiser(8, 16, 3e-3, 100, 1, 0.998, 8);

    /** What ships: a committee that errs less than its members, the more so as they differ. */
    public static final List<HumanizeRecipe> SHIPPED = List.of(//
            member(0.3, 0.3, 0.1, 0.04), member(0.3, 0.5, 0.05, 0.04), member(0.45, 0.5, 0.05, 0.12),
            member(0.5, 0.3, 0.25, 0.12));

    private static HumanizeRecipe member(double dropout, double entropy, double voices, double tempo) {
        return new HumanizeRecipe(new Network(2, 96, dropout, 25, 3, 0.3), new Loss(1.5, 10, 1, 3, entropy, 0.03),
                new Variation(4, 0.6, 0.3, 0.5, voices, tempo), LIMITS, 500, OPTIMISER);
    }

    /**
     * Sizes.
     *
     * @param layers    bidirectional LSTM layers
     * @param hidden    cells of each direction
     * @param dropout   share of each layer's outputs that training leaves out
     * @param bins      of the distribution of an offset
     * @param context   bars that the network hears before and after the two that it plays, where it is measured by itself
     * @param headScale of the heads' first weights, as a share of the usual
     */
    public record Network(int layers, int hidden, double dropout, int bins, int context, double headScale) {
    }

    /**
     * Weights of means over hits.
     *
     * @param offset          |offset error|, in steps
     * @param offsetSquared   its square
     * @param velocity        |velocity error|
     * @param velocitySquared its square
     * @param entropy         cross entropy of the distribution of the offset
     * @param softness        standard deviation of the distribution's truth around the drummer's offset, in steps
     */
    public record Loss(@JsonProperty("offset") double offset, @JsonProperty("offsetSquared") double offsetSquared,
            @JsonProperty("velocity") double velocity, @JsonProperty("velocitySquared") double velocitySquared,
            @JsonProperty("entropy") double entropy, @JsonProperty("softness") double softness) implements Serializable {
    }

    /**
     * How chunks are drawn.
     *
     * @param bars         of a chunk
     * @param balance      takes are drawn with probability bars^balance
     * @param fill         weight of takes of one bar
     * @param cut          share of chunks in which two bars are as if time were cut before them
     * @param voices       mean share of voices that a chunk lacks
     * @param tempoOctaves standard deviation of the tempo's change
     */
    public record Variation(int bars, double balance, double fill, double cut, double voices, double tempoOctaves) {
    }

    /**
     * The largest divergences on validation of offsets and of velocities, by step of the beat, that the stretch of readings leaves;
     * of those stretches, the one with the least error.
     */
    public record Calibration(double timingKl, double velocityKl) {
    }

    /** The same for another number of epochs. */
    public HumanizeRecipe withEpochs(int count) {
        return new HumanizeRecipe(network, loss, variation, calibration, batches, optimiser.withEpochs(count));
    }
}
