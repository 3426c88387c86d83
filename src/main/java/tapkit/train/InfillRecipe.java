package tapkit.train;

/**
 * How the Infilling model that ships is trained.
 *
 * @param hits        weight of the cross entropy of hits, beside which the loss is Humanization's
 * @param masks       which voices are hidden
 * @param velocity    standard deviation of the logarithm by which all velocities of a chunk are scaled
 * @param hitsLimit   how far the number of hits may be from the drummers' on validation, as a share, for the sake of F1
 * @param velocityKl  the largest divergence of velocities on validation that the stretch of readings leaves, where one does
 * @param batches     of an epoch
 */
public record InfillRecipe(HumanizeRecipe.Network network, HumanizeRecipe.Loss loss, double hits,
        HumanizeRecipe.Variation variation, Masks masks, double velocity, double hitsLimit, double velocityKl, int batches,
        Optimiser optimiser) {
    /** What ships. */
    public static final InfillRecipe SHIPPED = new InfillRecipe(new HumanizeRecipe.Network(2, 112, 0.4, 25, 1, 0.3),
            new HumanizeRecipe.Loss(1, 5, 2, 5, 0.3, 0.03), 10, new HumanizeRecipe.Variation(4, 0.6, 0.3, 0.4, 0, 0.08),
            new Masks(0.4, 0.35), 0.1, 0.04, 0.06, 400, new Optimiser(8, 16, 4e-3, 100, 1, 0.998, 8));

    /**
     * Shares of chunks; what is left has from two to eight hidden voices.
     *
     * @param closedHat the closed hi-hat alone
     * @param one       one voice, each as often
     */
    public record Masks(double closedHat, double one) {
    }

    /** The same for another number of epochs. */
    public InfillRecipe withEpochs(int count) {
        return new InfillRecipe(network, loss, hits, variation, masks, velocity, hitsLimit, velocityKl, batches,
                optimiser.withEpochs(count));
    }
}
