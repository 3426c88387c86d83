package tapkit.train;

import tapkit.model.nd4j.Seq2Seq;

/**
 * How the paper's Seq2Seq is trained.
 *
 * @param batch        windows
 * @param learningRate Adam's, at its peak
 * @param patience     epochs without a better validation until training stops
 */
public record Seq2SeqRecipe(Seq2Seq.Sizes sizes, int epochs, int batch, double learningRate, int patience) {
    /** The paper's sizes. */
    public static final Seq2SeqRecipe PAPER = new Seq2SeqRecipe(Seq2Seq.Sizes.PAPER, 100, 64, 1e-3, 10);

    /** The same for another number of epochs. */
    public Seq2SeqRecipe withEpochs(int count) {
        return new Seq2SeqRecipe(sizes, count, batch, learningRate, patience);
    }
}
