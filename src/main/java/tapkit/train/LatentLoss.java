package tapkit.train;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The variational information bottleneck: what the embeddings of a batch cost. For each example the KL divergence in nats of its
 * Gaussians from the standard ones, ½ Σ (μ² + σ² − 1 − ln σ²), as far as it exceeds the free ones, times a weight; the mean over
 * examples. Input: batch × 2L, means and deviations before softplus. Labels don't matter.
 */
public final class LatentLoss implements ILossFunction {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private final double weight;
    @JsonProperty
    private final double freeNats;

    /** @param freeNats of each example that cost nothing (Kingma et al. 2016) */
    @JsonCreator
    public LatentLoss(@JsonProperty("weight") double weight, @JsonProperty("freeNats") double freeNats) {
        this.weight = weight;
        this.freeNats = freeNats;
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(INDArray labels, INDArray output, IActivation activation,
            INDArray mask, boolean average) {
        double[] gradient = new double[(int) output.length()];
        double score = evaluate(output, gradient);
        INDArray array = Nd4j.createUninitialized(output.dataType(), output.shape(), 'c');
        GrooveLoss.write(gradient, array);
        return new Pair<>(score, array);
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray output, IActivation activation, INDArray mask) {
        return computeGradientAndScore(labels, output, activation, mask, true).getSecond();
    }

    @Override
    public double computeScore(INDArray labels, INDArray output, IActivation activation, INDArray mask, boolean average) {
        // DL4J divides the score of a layer that is nothing but a loss (not its gradient) by the batch.
        return output.size(0) * evaluate(output, new double[(int) output.length()]);
    }

    @Override
    public INDArray computeScoreArray(INDArray labels, INDArray output, IActivation activation, INDArray mask) {
        throw new UnsupportedOperationException("only the mean over examples is defined");
    }

    @Override
    public String name() {
        return "latent";
    }

    private double evaluate(INDArray output, double[] gradient) {
        double[] x = output.dup('c').data().asDouble();
        int batch = (int) output.size(0);
        int latent = x.length / batch / 2;
        double sum = 0;
        for (int n = 0; n < batch; n++) {
            int means = n * 2 * latent;
            double excess = divergence(x, means, latent) - freeNats;
            if (excess > 0) {
                sum += excess;
                for (int j = 0; j < latent; j++) {
                    double raw = x[means + latent + j];
                    double deviation = softplus(raw);
                    gradient[means + j] = weight / batch * x[means + j];
                    gradient[means + latent + j] = weight / batch * (deviation - 1 / deviation) / (1 + Math.exp(-raw));
                }
            }
        }
        return weight * sum / batch;
    }

    private static double divergence(double[] x, int means, int latent) {
        double sum = 0;
        for (int j = 0; j < latent; j++) {
            double mean = x[means + j];
            double deviation = softplus(x[means + latent + j]);
            sum += 0.5 * (mean * mean + deviation * deviation - 1) - Math.log(deviation);
        }
        return sum;
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
}
