package tapkit.train;

/**
 * How long and how fast a network is trained, by Adam.
 *
 * @param epochs       at most
 * @param batch        examples in a batch
 * @param learningRate at its peak
 * @param warmup       batches until the peak; from there a cosine leads down to 2 %
 * @param clip         limit of the norm of all gradients together
 * @param averaging    decay of the moving average of weights, which is what is validated and shipped
 * @param patience     epochs without a better validation until training stops
 */
public record Optimiser(int epochs, int batch, double learningRate, int warmup, double clip, double averaging, int patience) {
    Optimiser withEpochs(int count) {
        return new Optimiser(count, batch, learningRate, warmup, clip, averaging, patience);
    }

    /** The learning rate's way, for so many batches in an epoch. */
    WarmupCosine schedule(int batches) {
        return new WarmupCosine(learningRate, warmup, batches * epochs);
    }
}
