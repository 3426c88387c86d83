package tapkit.train;

import java.util.List;

/**
 * How a network of the Infilling model that ships is trained.
 *
 * @param hits        weight of the cross entropy of hits, beside which the loss is Humanization's
 * @param masks       which voices are hidden
 * @param noise       what is done to what can be heard
 * @param hitsLimit   how far the number of hits may be from the drummers' on validation, as a share, for the sake of F1
 * @param calibration the largest divergences on validation that the stretch of readings leaves, where one does
 * @param batches     of an epoch
 */
public record InfillRecipe(HumanizeRecipe.Network network, HumanizeRecipe.Loss loss, double hits,
        HumanizeRecipe.Variation variation, Masks masks, Noise noise, double hitsLimit, HumanizeRecipe.Calibration calibration,
        int batches, Optimiser optimiser) {
    private static final HumanizeRecipe.Calibration LIMITS = new HumanizeRecipe.Calibration(0.25, 0.06);
    private static final Optimiser OPTIMISER = new Optimiser(8, 16, 4e-3, 100, 1, 0.998, 8);

    /** What ships: a committee that errs less than its members, the more so as they differ. */
    public static final List<InfillRecipe> SHIPPED = List.of(//
            member(0.4, 0.3, 0.08, new Masks(0.4, 0.35), new Noise(0.1, 0, 0, 0)),
            member(0.5, 0.3, 0.12, new Masks(0.35, 0.3), new Noise(0.12, 0.04, 0.06, 0.15)),
            member(0.45, 0.5, 0.12, new Masks(0.3, 0.45), new Noise(0.12, 0.04, 0.06, 0.15)));

    private static InfillRecipe member(double dropout, double entropy, double tempo, Masks masks, Noise noise) {
        return new InfillRecipe(new HumanizeRecipe.Network(2, 112, dropout, 25, 1, 0.3),
                new HumanizeRecipe.Loss(1, 5, 2, 5, entropy, 0.03), 10,
                new HumanizeRecipe.Variation(4, 0.6, 0.3, 0.4, 0, tempo),
                masks, noise, 0.03, LIMITS, 400, OPTIMISER);
    }

    /**
     * Shares of chunks; what is left has from two to eight hidden voices.
     *
     * @param closedHat the closed hi-hat alone
     * @param one       one voice, each as often
     */
    public record Masks(double closedHat, double one) {
    }

    /**
     * Keeps a network from learning drummers by heart, and prepares it for scores that no one played.
     *
     * @param loudness standard deviation of the logarithm by which all velocities of a chunk are scaled
     * @param offset   of the noise on the offsets that are heard, in steps
     * @param velocity of the noise on the velocities that are heard
     * @param flat     share of voices that are heard as from a machine: no offsets, one velocity
     */
    public record Noise(double loudness, double offset, double velocity, double flat) {
    }

    /** The same for another number of epochs. */
    public InfillRecipe withEpochs(int count) {
        return new InfillRecipe(network, loss, hits, variation, masks, noise, hitsLimit, calibration, batches,
                optimiser.withEpochs(count));
    }
}
