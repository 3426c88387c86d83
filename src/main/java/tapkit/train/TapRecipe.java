package tapkit.train;

/** How the shipped Tap2Drum model is trained. */
public record TapRecipe(Network network, Loss loss, Variation variation, Optimiser optimiser) {
    /** What ships. */
    public static final TapRecipe SHIPPED = new TapRecipe(new Network(2, 192, 0.4), new Loss(1, 4, 0.5),
            new Variation(0.4, 0.15, 0.3, 0.3, 0.6, 0.03, 1), new Optimiser(32, 64, 2e-3, 200, 1, 0.998, 4));

    /**
     * Sizes.
     *
     * @param layers  bidirectional LSTM layers
     * @param hidden  cells of each direction
     * @param dropout share of each layer's outputs that training leaves out
     */
    public record Network(int layers, int hidden, double dropout) {
    }

    /**
     * Weights beside the hits' cross entropy.
     *
     * @param velocity    of mean |velocity error| at true hits
     * @param offset      of mean |offset error| in steps, at true hits that aren't the loudest of their step
     * @param offsetShare share of the offset head that ships: it learns from hits that aren't the loudest but answers for all, so
     *                    that less of it errs less (by validation's timing MAE and MSE)
     */
    public record Loss(double velocity, double offset, double offsetShare) {
    }

    /**
     * What is done to the training windows. Shares are probabilities for each drawn window, independent of each other.
     *
     * @param balance      windows are drawn with probability (windows of their take)^−balance
     * @param fill         share in which one bar becomes a one-bar fill by the same drummer
     * @param cut          share in which early hits of the first step are missing, as where a slice of time begins
     * @param hands        share in which taps are disturbed as hands would
     * @param known        share in which the taps' velocities are given
     * @param tempoOctaves standard deviation of the tempo's change
     * @param tapMillis    standard deviation of the taps' shifts
     */
    public record Variation(double balance, double fill, double cut, double hands, double known, double tempoOctaves,
            double tapMillis) {
    }

    /** The same for another number of epochs. */
    public TapRecipe withEpochs(int count) {
        return new TapRecipe(network, loss, variation, optimiser.withEpochs(count));
    }
}
