package tapkit.train;

/**
 * How the shipped Tap2Drum model is trained. Shares are probabilities for each drawn window, independent of each other.
 *
 * @param layers         bidirectional LSTM layers
 * @param hidden         cells of each direction
 * @param dropout        share of each layer's outputs that is left out
 * @param epochs         of as many draws as there are training windows
 * @param batch          windows
 * @param learningRate   Adam's, at its peak
 * @param warmup         batches until the peak; from there a cosine leads down to 2 %
 * @param clip           limit of the norm of all gradients together
 * @param averaging      decay of the moving average of weights, which is what ships
 * @param velocityWeight of mean |velocity error| at true hits, against the hits' cross entropy
 * @param offsetWeight   of mean |offset error| in steps, at true hits that aren't the loudest of their step
 * @param offsetShare    share of the offset head that ships: it learns from hits that aren't the loudest of their step but answers
 *                       for all, so that less of it errs less (validation: timing MAE and MSE)
 * @param balance        windows are drawn with probability (windows of their take)^−balance
 * @param fill           share in which one bar becomes a one-bar fill by the same drummer
 * @param cut            share in which early hits of the first step are missing, as where a slice of time begins
 * @param hands          share in which taps are disturbed as hands would
 * @param known          share in which the taps' velocities are given
 * @param tempoOctaves   standard deviation of the tempo's change
 * @param tapMillis      standard deviation of the taps' shifts
 * @param patience       epochs without a better validation until training stops
 */
public record TapRecipe(int layers, int hidden, double dropout, int epochs, int batch, double learningRate, int warmup,
        double clip,
        double averaging, double velocityWeight, double offsetWeight, double offsetShare, double balance, double fill,
        double cut, double hands,
        double known, double tempoOctaves, double tapMillis, int patience) {
    /** What ships. */
    public static final TapRecipe SHIPPED = new TapRecipe(2, 192, 0.4, 32, 64, 2e-3, 200, 1, 0.998, 1, 4, 0.5, 0.4, 0.15, 0.3,
            0.3,
            0.6, 0.03, 1, 8);

    /** The same for another number of epochs. */
    public TapRecipe withEpochs(int count) {
        return new TapRecipe(layers, hidden, dropout, count, batch, learningRate, warmup, clip, averaging, velocityWeight,
                offsetWeight, offsetShare, balance, fill, cut, hands, known, tempoOctaves, tapMillis, patience);
    }
}
