package tapkit.train;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import tapkit.grid.Grid;
import tapkit.model.OffsetBins;

/**
 * The loss of Humanization and Infilling. Columns of the output, before activation: 9 hits (sigmoid) if hits are wanted, 9 velocities
 * (sigmoid), then for each voice the bins of its offset (softmax, whose mean is the reading). Columns of the labels: 9 hits, 9
 * offsets, 9 velocities, and 9 that are 1 where the cell counts. Hits: cross entropy, mean over cells that count. Velocities and
 * offsets: means over the hits that count, weighted by {@link HumanizeRecipe.Loss}.
 */
public final class PerformanceLoss implements ILossFunction {
    private static final long serialVersionUID = 1L;
    private static final int M = Grid.VOICES;
    /** Columns of the labels. */
    static final int LABELS = 4 * M;

    @JsonProperty
    private final HumanizeRecipe.Loss weights;
    @JsonProperty
    private final int bins;
    @JsonProperty
    private final double hits;

    /** @param hits weight of the hits' cross entropy; 0 where hits are given and not answered */
    @JsonCreator
    public PerformanceLoss(@JsonProperty("weights") HumanizeRecipe.Loss weights, @JsonProperty("bins") int bins,
            @JsonProperty("hits") double hits) {
        this.weights = weights;
        this.bins = bins;
        this.hits = hits;
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(INDArray labels, INDArray output, IActivation activation,
            INDArray mask, boolean average) {
        float[] gradient = new float[(int) output.length()];
        double score = evaluate(labels, output, gradient);
        INDArray array = Nd4j.createFromArray(gradient).reshape('c', output.shape()).castTo(output.dataType());
        return new Pair<>(score, array);
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray output, IActivation activation, INDArray mask) {
        return computeGradientAndScore(labels, output, activation, mask, true).getSecond();
    }

    @Override
    public double computeScore(INDArray labels, INDArray output, IActivation activation, INDArray mask, boolean average) {
        return evaluate(labels, output, new float[(int) output.length()]);
    }

    @Override
    public INDArray computeScoreArray(INDArray labels, INDArray output, IActivation activation, INDArray mask) {
        throw new UnsupportedOperationException("the loss of one step alone is not defined");
    }

    @Override
    public String name() {
        return "performance";
    }

    private double evaluate(INDArray labels, INDArray output, float[] gradient) {
        float[] y = labels.dup('c').data().asFloat();
        float[] x = output.dup('c').data().asFloat();
        int columns = (hits > 0 ? M : 0) + M + M * bins;
        int rows = x.length / columns;
        int cells = 0;
        int played = 0;
        for (int row = 0; row < rows; row++) {
            for (int voice = 0; voice < M; voice++) {
                int label = row * LABELS + voice;
                cells += y[label + 3 * M] != 0 ? 1 : 0;
                played += y[label + 3 * M] != 0 && y[label] != 0 ? 1 : 0;
            }
        }
        double ofCells = hits / Math.max(1, cells);
        double ofHits = 1.0 / Math.max(1, played);
        Timing timing = new Timing(weights, bins);
        double loss = 0;
        for (int row = 0; row < rows; row++) {
            for (int voice = 0; voice < M; voice++) {
                int label = row * LABELS + voice;
                if (y[label + 3 * M] == 0) {
                    continue;
                }
                int at = row * columns;
                if (hits > 0) {
                    loss += ofCells * hit(x, at + voice, y[label], ofCells, gradient);
                    at += M;
                }
                if (y[label] != 0) {
                    loss += ofHits * velocity(x, at + voice, y[label + 2 * M], ofHits, gradient);
                    loss += ofHits * timing.evaluate(x, at + M + voice * bins, y[label + M], ofHits, gradient);
                }
            }
        }
        return loss;
    }

    private static double hit(float[] x, int at, double truth, double share, float[] gradient) {
        gradient[at] = (float) (share * (1 / (1 + Math.exp(-x[at])) - truth));
        // log(1 + e^-|x|) stays exact where e^x would overflow
        return Math.max(x[at], 0) - x[at] * truth + Math.log1p(Math.exp(-Math.abs(x[at])));
    }

    private double velocity(float[] x, int at, double truth, double share, float[] gradient) {
        double value = 1 / (1 + Math.exp(-x[at]));
        double error = value - truth;
        gradient[at] = (float) (share * value * (1 - value)
                * (weights.velocity() * Math.signum(error) + 2 * weights.velocitySquared() * error));
        return weights.velocity() * Math.abs(error) + weights.velocitySquared() * error * error;
    }

    /** The part of one offset's distribution; buffers are reused. */
    private static final class Timing {
        private final HumanizeRecipe.Loss weights;
        private final OffsetBins bins;
        private final double[] p;
        private final double[] target;

        private Timing(HumanizeRecipe.Loss weights, int count) {
            this.weights = weights;
            bins = new OffsetBins(count);
            p = new double[count];
            target = new double[count];
        }

        private double evaluate(float[] x, int from, double truth, double share, float[] gradient) {
            bins.probabilities(x, from, p);
            double sum = 0;
            for (int bin = 0; bin < p.length; bin++) {
                double distance = (truth - bins.center(bin)) / weights.softness();
                target[bin] = Math.exp(-0.5 * distance * distance);
                sum += target[bin];
            }
            double mean = bins.mean(p);
            double error = mean - truth;
            double slope = weights.offset() * Math.signum(error) + 2 * weights.offsetSquared() * error;
            double entropy = 0;
            for (int bin = 0; bin < p.length; bin++) {
                double wanted = target[bin] / sum;
                entropy -= wanted * Math.log(Math.max(p[bin], 1e-30));
                // Of the softmax's mean and of its cross entropy.
                gradient[from + bin] = (float) (share
                        * (slope * p[bin] * (bins.center(bin) - mean) + weights.entropy() * (p[bin] - wanted)));
            }
            return weights.offset() * Math.abs(error) + weights.offsetSquared() * error * error + weights.entropy() * entropy;
        }
    }
}
