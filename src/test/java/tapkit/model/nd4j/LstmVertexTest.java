package tapkit.model.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import tapkit.model.nd4j.LstmVertex.Shape;
import tapkit.train.GrooveLoss;

/** The gradients of the LSTM against finite differences, and its outputs against the textbook. */
class LstmVertexTest {
    private static final int STEPS = 5;
    private static final int BATCH = 3;
    private static final int COLUMNS = 27;

    @Test
    void shouldHaveTheGradientsOfFiniteDifferencesThroughStackedBidirectionalLayers() {
        ComputationGraph graph = graph(b -> b.addInputs("x")
                .addVertex("one", lstm(new Shape(4, 0, 3, STEPS, true, false, false, 0, 1)), "x")
                .addVertex("two", lstm(new Shape(6, 0, 5, STEPS, true, false, false, 0, 2)), "one")
                .addLayer("out", output(10), "two").setOutputs("out"));
        Gradients.check(graph, random(STEPS * BATCH, COLUMNS), random(STEPS * BATCH, 4));
    }

    @Test
    void shouldHaveTheGradientsOfFiniteDifferencesWithAnInitialStateAndAStaticInput() {
        // Dense layers make the initial state and the static input, so that their gradients are checked too.
        ComputationGraph graph = graph(
                b -> b.addInputs("x", "z").addLayer("h0", dense(6, 4), "z").addLayer("c0", dense(6, 4), "z")
                        .addLayer("s", dense(6, 3), "z")
                        .addVertex("one", lstm(new Shape(4, 3, 4, STEPS, false, true, false, 0, 1)), "x", "s", "h0", "c0")
                        .addVertex("two", lstm(new Shape(4, 0, 4, STEPS, false, false, false, 0, 2)), "one")
                        .addLayer("out", output(4), "two").setOutputs("out"));
        Gradients.check(graph, random(STEPS * BATCH, COLUMNS), random(STEPS * BATCH, 4), random(BATCH, 6));
    }

    @Test
    void shouldHaveTheGradientsOfFiniteDifferencesWhereOnlyTheFinalStatesGoOn() {
        ComputationGraph graph = graph(b -> b.addInputs("x")
                .addVertex("one", lstm(new Shape(4, 0, 3, STEPS, true, false, true, 0, 1)), "x")
                .addLayer("out", output(6), "one")
                .setOutputs("out"));
        Gradients.check(graph, random(BATCH, COLUMNS), random(STEPS * BATCH, 4));
    }

    @Test
    void shouldHaveTheGradientsOfFiniteDifferencesUnderDropout() {
        ComputationGraph graph = graph(b -> b.addInputs("x")
                .addVertex("one", lstm(new Shape(4, 0, 3, STEPS, true, false, false, 0.4, 1)), "x")
                .addLayer("out", output(6), "one").setOutputs("out"));
        Gradients.check(graph, random(STEPS * BATCH, COLUMNS), random(STEPS * BATCH, 4));
    }

    @Test
    void shouldGiveTheSameNumbersFromTheVectorCellAsFromTheScalarOne() {
        int hidden = 2 * VectorLstmCell.LANES;
        INDArray x = random(STEPS * BATCH, 4);
        Shape shape = new Shape(4, 0, hidden, STEPS, true, false, false, 0, 7);
        INDArray fast = alone(shape, DataType.FLOAT).outputSingle(x.castTo(DataType.FLOAT));
        INDArray exact = alone(shape, DataType.DOUBLE).outputSingle(x);
        assertThat(fast.castTo(DataType.DOUBLE).sub(exact).amaxNumber().doubleValue()).isLessThan(2e-6);
    }

    @Test
    void shouldTrainInFloatAlongTheGradientsOfDouble() {
        Shape shape = new Shape(4, 0, VectorLstmCell.LANES, STEPS, true, false, false, 0, 7);
        INDArray x = random(STEPS * BATCH, 4);
        INDArray y = random(STEPS * BATCH, COLUMNS);
        INDArray fast = gradient(alone(shape, DataType.FLOAT), x.castTo(DataType.FLOAT), y.castTo(DataType.FLOAT));
        INDArray exact = gradient(alone(shape, DataType.DOUBLE), x, y);
        double worst = fast.castTo(DataType.DOUBLE).sub(exact).amaxNumber().doubleValue();
        assertThat(worst).isLessThan(1e-5 * exact.amaxNumber().doubleValue());
    }

    @Test
    void shouldComputeTheTextbookCell() {
        ComputationGraph graph = graph(b -> b.addInputs("x")
                .addVertex("one", lstm(new Shape(1, 0, 1, 2, false, false, false, 0, 1)), "x").addLayer("out", output(1), "one")
                .setOutputs("out"));
        INDArray parameters = graph.getVertex("one").params();
        double[] w = {0.1, -0.2, 0.3, 0.4, 0.5, 0.6, -0.7, 0.8, 0.01, 1.02, -0.03, 0.04};
        parameters.assign(Nd4j.createFromArray(w).reshape(parameters.shape()));
        INDArray h = graph.feedForward(new INDArray[]{Nd4j.createFromArray(new double[][]{{0.9}, {-1.1}})}, false).get("one");
        double c = 0;
        double out = 0;
        double[] inputs = {0.9, -1.1};
        for (int t = 0; t < 2; t++) {
            double i = sigmoid(w[0] * inputs[t] + w[4] * out + w[8]);
            double f = sigmoid(w[1] * inputs[t] + w[5] * out + w[9]);
            double o = sigmoid(w[2] * inputs[t] + w[6] * out + w[10]);
            double g = Math.tanh(w[3] * inputs[t] + w[7] * out + w[11]);
            c = f * c + i * g;
            out = o * Math.tanh(c);
            assertThat(h.getDouble(t, 0)).isCloseTo(out, within(1e-12));
        }
    }

    @Test
    void shouldDropTheGivenShareAndKeepTheMean() {
        INDArray ones = Nd4j.ones(DataType.FLOAT, 100, 1000);
        Dropout.apply(NativeArrays.segment(ones), DataType.FLOAT, 0.3, 5);
        assertThat(ones.eq(0).castTo(DataType.DOUBLE).meanNumber().doubleValue()).isCloseTo(0.3, within(0.01));
        assertThat(ones.meanNumber().doubleValue()).isCloseTo(1, within(0.01));
    }

    private static INDArray gradient(ComputationGraph graph, INDArray x, INDArray y) {
        graph.setInputs(x);
        graph.setLabels(y);
        graph.computeGradientAndScore();
        return graph.gradient().gradient();
    }

    private static ComputationGraph alone(Shape shape, DataType type) {
        ComputationGraph graph = new ComputationGraph(
                new NeuralNetConfiguration.Builder().dataType(type).seed(3).miniBatch(false)
                        .updater(new Sgd(1)).graphBuilder().addInputs("x").addVertex("one", lstm(shape), "x")
                        .addLayer("out", output(shape.outputs()), "one").setOutputs("out").build());
        graph.init();
        return graph;
    }

    private static ComputationGraph graph(java.util.function.UnaryOperator<GraphBuilder> build) {
        ComputationGraph graph = new ComputationGraph(build.apply(new NeuralNetConfiguration.Builder().dataType(DataType.DOUBLE)
                .seed(3).miniBatch(false).updater(new Sgd(1)).graphBuilder()).build());
        graph.init();
        return graph;
    }

    private static LstmVertex lstm(Shape shape) {
        return new LstmVertex(shape, new Sgd(1));
    }

    private static DenseLayer dense(int in, int out) {
        return new DenseLayer.Builder().nIn(in).nOut(out).activation(Activation.TANH).build();
    }

    private static OutputLayer output(int in) {
        return new OutputLayer.Builder(new GrooveLoss(true, 1, 1)).nIn(in).nOut(COLUMNS).activation(Activation.IDENTITY)
                .build();
    }

    private static INDArray random(int rows, int columns) {
        Random random = new Random(rows * 31L + columns);
        INDArray array = Nd4j.create(DataType.DOUBLE, rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                array.putScalar(i, j, random.nextGaussian());
            }
        }
        return array;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
