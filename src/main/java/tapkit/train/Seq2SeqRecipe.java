package tapkit.train;

import tapkit.model.nd4j.Seq2Seq;

/** How the paper's Seq2Seq is trained. */
public record Seq2SeqRecipe(Seq2Seq.Sizes sizes, Optimiser optimiser) {
    /** The paper's sizes. */
    public static final Seq2SeqRecipe PAPER = new Seq2SeqRecipe(Seq2Seq.Sizes.PAPER,
            new Optimiser(100, 64, 1e-3, 200, 1, 0.998, 10));

    /** The same for another number of epochs. */
    public Seq2SeqRecipe withEpochs(int count) {
        return new Seq2SeqRecipe(sizes, optimiser.withEpochs(count));
    }
}
