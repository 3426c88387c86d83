package tapkit.train;

import tapkit.model.nd4j.Seq2Seq;

/**
 * How the paper's Seq2Seq is trained.
 *
 * @param withheld share of steps whose step before is not told, so that the decoder listens to z (Bowman et al. 2016, section 3.1)
 *                 and bears its own errors when it writes by itself; the paper tells all
 */
public record Seq2SeqRecipe(Seq2Seq.Sizes sizes, double withheld, Optimiser optimiser) {
    /** The paper's sizes. */
    public static final Seq2SeqRecipe PAPER = new Seq2SeqRecipe(Seq2Seq.Sizes.PAPER, 0.6,
            new Optimiser(30, 64, 3e-3, 200, 1, 0.998, 10));

    /** The same for another number of epochs. */
    public Seq2SeqRecipe withEpochs(int count) {
        return new Seq2SeqRecipe(sizes, withheld, optimiser.withEpochs(count));
    }
}
