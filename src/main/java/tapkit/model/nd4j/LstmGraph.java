package tapkit.model.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import tapkit.model.LstmConfig;
import tapkit.model.LstmConfig.Head;
import tapkit.model.LstmNetwork;
import tapkit.model.LstmWeights;
import tapkit.model.Tensor;
import tapkit.model.nd4j.LstmVertex.Shape;

/**
 * An {@link LstmNetwork} as a DL4J graph: bidirectional LSTM layers and one output layer whose columns are the heads, one after
 * another, before activation. Input and output are time-major, see the package.
 */
public final class LstmGraph {
    private static final String OUTPUT = "heads";

    private LstmGraph() {
    }

    /**
     * A graph with its first weights, from a seed.
     *
     * @param steps   length of all sequences
     * @param dropout share of each LSTM layer's outputs that training leaves out
     * @param loss    of the columns before activation, as a mean
     */
    public static ComputationGraph create(LstmConfig config, int steps, DataType type, double dropout, long seed,
            IUpdater updater, ILossFunction loss) {
        GraphBuilder builder = new NeuralNetConfiguration.Builder().seed(seed).dataType(type).updater(updater).miniBatch(false)
                .weightInit(WeightInit.XAVIER_UNIFORM).graphBuilder().addInputs("features");
        String below = "features";
        for (int layer = 0; layer < config.layers(); layer++) {
            Shape shape = new Shape(config.inputs(layer), 0, config.hidden(), steps, true, false, false, dropout,
                    seed + 1 + layer);
            builder.addVertex(vertex(layer), new LstmVertex(shape, updater), below);
            below = vertex(layer);
        }
        builder.addLayer(OUTPUT, new OutputLayer.Builder(loss).nIn(2 * config.hidden()).nOut(config.outputs())
                .activation(Activation.IDENTITY).build(), below).setOutputs(OUTPUT);
        ComputationGraph graph = new ComputationGraph(builder.build());
        graph.init();
        return graph;
    }

    /** Sets a head's biases, from which training starts. */
    public static void startFrom(ComputationGraph graph, LstmConfig config, String head, double[] biases) {
        for (int i = 0, column = 0; i < config.heads().size(); column += config.heads().get(i).width(), i++) {
            if (config.heads().get(i).name().equals(head)) {
                for (int output = 0; output < biases.length; output++) {
                    graph.getLayer(OUTPUT).getParam("b").putScalar(column + (long) output, biases[output]);
                }
                return;
            }
        }
        throw new IllegalArgumentException("no head " + head + " in " + config.heads());
    }

    /** Makes the heads' first weights smaller or larger. */
    public static void scaleHeads(ComputationGraph graph, double scale) {
        graph.getLayer(OUTPUT).getParam("W").muli(scale);
    }

    /** Copies the weights of a model file into a graph. */
    static void load(ComputationGraph graph, LstmWeights weights) {
        for (int layer = 0; layer < weights.layers().size(); layer++) {
            Map<String, INDArray> table = graph.getVertex(vertex(layer)).paramTable(false);
            load(weights.layers().get(layer).forward(), "forward.", table);
            load(weights.layers().get(layer).backward(), "backward.", table);
        }
        INDArray w = graph.getLayer(OUTPUT).getParam("W");
        INDArray b = graph.getLayer(OUTPUT).getParam("b");
        int column = 0;
        for (LstmWeights.Dense head : weights.heads()) {
            INDArrayIndex columns = NDArrayIndex.interval(column, column + head.b().shape().getFirst());
            w.get(NDArrayIndex.all(), columns).assign(array(head.w()).transpose());
            b.get(NDArrayIndex.all(), columns).assign(array(head.b()));
            column += head.b().shape().getFirst();
        }
    }

    private static void load(LstmWeights.Direction direction, String prefix, Map<String, INDArray> table) {
        table.get(prefix + "W").assign(array(direction.w()));
        table.get(prefix + "R").assign(array(direction.r()));
        table.get(prefix + "b").assign(array(direction.b()));
    }

    /** The weights as a model file has them. */
    public static List<Tensor> tensors(ComputationGraph graph, LstmConfig config) {
        Map<String, INDArray> arrays = new TreeMap<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            String prefix = "layers." + layer + ".";
            graph.getVertex(vertex(layer)).paramTable(false).forEach((name, array) -> arrays.put(prefix + name, array));
        }
        INDArray w = graph.getLayer(OUTPUT).getParam("W");
        INDArray b = graph.getLayer(OUTPUT).getParam("b");
        int column = 0;
        for (Head head : config.heads()) {
            INDArrayIndex columns = NDArrayIndex.interval(column, column + head.width());
            arrays.put(head.name() + ".W", w.get(NDArrayIndex.all(), columns).transpose());
            arrays.put(head.name() + ".b", b.get(NDArrayIndex.all(), columns));
            column += head.width();
        }
        List<Tensor> tensors = new ArrayList<>();
        config.shapes().forEach((name, shape) -> tensors.add(Tensor.of(name, arrays.get(name).dup('c').data().asFloat(),
                shape.stream().mapToInt(Integer::intValue).toArray())));
        return tensors;
    }

    /**
     * Runs a batch.
     *
     * @param features [steps · batch, inputs]
     * @return for each head its activated outputs, [steps · batch, width]
     */
    public static float[][] run(ComputationGraph graph, LstmConfig config, INDArray features) {
        float[] raw = graph.outputSingle(features).dup('c').data().asFloat();
        int rows = raw.length / config.outputs();
        float[][] out = new float[config.heads().size()][];
        int column = 0;
        for (int i = 0; i < out.length; i++) {
            Head head = config.heads().get(i);
            out[i] = new float[rows * head.width()];
            for (int at = 0; at < out[i].length; at++) {
                float x = raw[at / head.width() * config.outputs() + column + at % head.width()];
                out[i][at] = switch (head.activation()) {
                    case LINEAR -> x;
                    case SIGMOID -> (float) sigmoid(x);
                    case HALF_TANH -> (float) (0.5 * Math.tanh(x));
                };
            }
            column += head.width();
        }
        return out;
    }

    private static String vertex(int layer) {
        return "layer" + layer;
    }

    private static INDArray array(Tensor tensor) {
        int rows = tensor.shape().size() == 1 ? 1 : tensor.shape().getFirst();
        return Nd4j.createFromArray(tensor.toArray()).reshape('c', rows, tensor.shape().getLast());
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
