package tapkit.train;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import tapkit.grid.Grid;

/**
 * The loss of the three heads, which are the columns of one array: 9 hits, 9 velocities, 9 offsets, before activation (sigmoid,
 * sigmoid, tanh / 2). Labels are likewise. Hits: cross entropy summed over voices, mean over steps. Velocities and offsets: mean
 * squares or mean absolute differences over the cells that the mask (0 or 1, shaped like the labels) lets count; without a mask all
 * count, as in the paper.
 */
public final class GrooveLoss implements ILossFunction {
    private static final long serialVersionUID = 1L;
    private static final int M = Grid.VOICES;
    private static final int COLUMNS = 3 * M;

    @JsonProperty
    private final boolean squared;
    @JsonProperty
    private final double velocityWeight;
    @JsonProperty
    private final double offsetWeight;

    /** @param squared whether velocities and offsets are compared by mean squares, else by mean absolute differences */
    @JsonCreator
    public GrooveLoss(@JsonProperty("squared") boolean squared, @JsonProperty("velocityWeight") double velocityWeight,
            @JsonProperty("offsetWeight") double offsetWeight) {
        this.squared = squared;
        this.velocityWeight = velocityWeight;
        this.offsetWeight = offsetWeight;
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(INDArray labels, INDArray output, IActivation activation,
            INDArray mask,
            boolean average) {
        double[] gradient = new double[(int) output.length()];
        double score = evaluate(labels, output, mask, gradient);
        INDArray array = Nd4j.createUninitialized(output.dataType(), output.shape(), 'c');
        write(gradient, array);
        return new Pair<>(score, array);
    }

    @Override
    public INDArray computeGradient(INDArray labels, INDArray output, IActivation activation, INDArray mask) {
        return computeGradientAndScore(labels, output, activation, mask, true).getSecond();
    }

    @Override
    public double computeScore(INDArray labels, INDArray output, IActivation activation, INDArray mask, boolean average) {
        return evaluate(labels, output, mask, new double[(int) output.length()]);
    }

    @Override
    public INDArray computeScoreArray(INDArray labels, INDArray output, IActivation activation, INDArray mask) {
        throw new UnsupportedOperationException("the loss of one step alone is not defined");
    }

    @Override
    public String name() {
        return "groove";
    }

    private double evaluate(INDArray labels, INDArray output, INDArray mask, double[] gradient) {
        double[] y = labels.dup('c').data().asDouble();
        double[] x = output.dup('c').data().asDouble();
        double[] counts = mask == null ? null : mask.dup('c').data().asDouble();
        return hits(x, y, gradient) + compared(x, y, counts, M, velocityWeight, gradient)
                + compared(x, y, counts, 2 * M, offsetWeight, gradient);
    }

    private static double hits(double[] x, double[] y, double[] gradient) {
        int rows = x.length / COLUMNS;
        double entropy = 0;
        for (int row = 0; row < rows; row++) {
            for (int at = row * COLUMNS; at < row * COLUMNS + M; at++) {
                // log(1 + e^-|x|) stays exact where e^x would overflow
                entropy += Math.max(x[at], 0) - x[at] * y[at] + Math.log1p(Math.exp(-Math.abs(x[at])));
                gradient[at] = (sigmoid(x[at]) - y[at]) / rows;
            }
        }
        return entropy / rows;
    }

    private double compared(double[] x, double[] y, double[] counts, int column, double weight, double[] gradient) {
        double n = 1e-9;
        for (int at = 0; at < x.length; at++) {
            n += counts(at, column, counts) ? 1 : 0;
        }
        double sum = 0;
        for (int at = 0; at < x.length; at++) {
            if (counts(at, column, counts)) {
                double value = column == M ? sigmoid(x[at]) : 0.5 * Math.tanh(x[at]);
                double slope = column == M ? value * (1 - value) : 0.5 - 2 * value * value;
                double difference = value - y[at];
                sum += squared ? difference * difference : Math.abs(difference);
                gradient[at] = weight / n * slope * (squared ? 2 * difference : Math.signum(difference));
            }
        }
        return weight * sum / n;
    }

    /** Whether a number belongs to the head that begins at a column, and counts. */
    private static boolean counts(int at, int column, double[] counts) {
        int place = at % COLUMNS - column;
        return place >= 0 && place < M && (counts == null || counts[at] != 0);
    }

    static void write(double[] values, INDArray to) {
        if (to.dataType() == DataType.DOUBLE) {
            to.data().setData(values);
            return;
        }
        float[] single = new float[values.length];
        for (int i = 0; i < single.length; i++) {
            single[i] = (float) values[i];
        }
        to.data().setData(single);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
