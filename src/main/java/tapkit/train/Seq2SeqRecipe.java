package tapkit.train;

import tapkit.model.Seq2SeqConfig;
import tapkit.model.Seq2SeqTask;

/**
 * How one of the paper's LSTM models is trained.
 *
 * @param withheld   share of steps whose step before is not told beyond what is known anyway, so that the decoder listens to z (Bowman
 *                   et al. 2016, section 3.1) and bears its own errors when it writes by itself; the paper tells all
 * @param cut        share of windows that lack what a slice of time would lack: the paper's table is of those, what is played is not
 * @param dropout    share of each LSTM's outputs that training leaves out
 * @param loss       weights beside the hits' cross entropy
 * @param bottleneck what a variational embedding costs; unused if it is not one
 */
public record Seq2SeqRecipe(Seq2SeqConfig config, double withheld, double cut, double dropout, Loss loss, Bottleneck bottleneck,
        Optimiser optimiser) {
    /**
     * Squared errors of velocities and offsets.
     *
     * @param atHits whether only cells with a hit count, else all as in the paper
     */
    public record Loss(double velocity, double offset, boolean atHits) {
        /** Makes means over cells the paper's sums over voices. */
        static final Loss PAPER = new Loss(9, 9, false);
        /** Where hits are given, what is heard is their time and strength. */
        static final Loss PERFORMANCE = new Loss(15, 20, true);
    }

    /**
     * The variational information bottleneck, in the units of the paper's loss: sums over a window.
     *
     * @param beta weight of the KL divergence
     * @param bits of it that are free
     */
    public record Bottleneck(double beta, double bits) {
        /** β of the paper; the free bits that its authors' code has. */
        static final Bottleneck PAPER = new Bottleneck(0.2, 48);
    }

    /** Of one of the models in one of its tasks, at the paper's sizes. */
    public static Seq2SeqRecipe paper(Seq2SeqTask task, boolean variational) {
        Seq2SeqConfig config = Seq2SeqConfig.paper(task, variational);
        return switch (task) {
            case TAP2DRUM -> new Seq2SeqRecipe(config, 0.6, 0, 0, Loss.PAPER, Bottleneck.PAPER,
                    new Optimiser(30, 64, 3e-3, 200, 1, 0.998, 10));
            case HUMANIZE, TRANSFER -> new Seq2SeqRecipe(config, 0, 0.5, 0.25, Loss.PERFORMANCE, Bottleneck.PAPER,
                    new Optimiser(7, 64, 3e-3, 200, 1, 0.998, 4));
            case INFILL, SAMPLE -> new Seq2SeqRecipe(config, 0.5, 0.5, 0.25, Loss.PERFORMANCE, Bottleneck.PAPER,
                    new Optimiser(7, 64, 3e-3, 200, 1, 0.998, 4));
        };
    }

    /** The same for another number of epochs. */
    public Seq2SeqRecipe withEpochs(int count) {
        return new Seq2SeqRecipe(config, withheld, cut, dropout, loss, bottleneck, optimiser.withEpochs(count));
    }
}
