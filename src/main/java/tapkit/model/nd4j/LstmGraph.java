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
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import tapkit.grid.Grid;
import tapkit.model.LstmConfig;
import tapkit.model.LstmWeights;
import tapkit.model.Prediction;
import tapkit.model.Tensor;
import tapkit.model.nd4j.LstmVertex.Shape;

/**
 * The live network as a DL4J graph: bidirectional LSTM layers and one output layer whose 27 columns are the three heads (hits,
 * velocities, offsets) before activation. Input and output are time-major, see the package.
 */
public final class TapNetwork {
    /** The heads, in the order of the output's columns, as their tensors are named. */
    private static final List<String> HEADS = List.of("hits", "velocity", "offset");
    private static final String OUTPUT = "heads";
    private static final int M = Grid.VOICES;

    private TapNetwork() {
    }

    /**
     * A graph with its first weights, from a seed.
     *
     * @param dropout share of each LSTM layer's outputs that training leaves out
     */
    public static ComputationGraph create(LstmConfig config, DataType type, double dropout, long seed, IUpdater updater,
            ILossFunction loss) {
        // The loss is a mean already.
        GraphBuilder builder = new NeuralNetConfiguration.Builder().seed(seed).dataType(type).updater(updater).miniBatch(false)
                .weightInit(WeightInit.XAVIER_UNIFORM).graphBuilder().addInputs("features");
        String below = "features";
        for (int layer = 0; layer < config.layers(); layer++) {
            Shape shape = new Shape(config.inputs(layer), 0, config.hidden(), Grid.STEPS, true, false, false, dropout,
                    seed + 1 + layer);
            builder.addVertex(vertex(layer), new LstmVertex(shape, updater), below);
            below = vertex(layer);
        }
        builder.addLayer(OUTPUT, new OutputLayer.Builder(loss).nIn(2 * config.hidden()).nOut(HEADS.size() * M)
                .activation(Activation.IDENTITY).build(), below).setOutputs(OUTPUT);
        ComputationGraph graph = new ComputationGraph(builder.build());
        graph.init();
        return graph;
    }

    /** Sets the hit head's biases, so that an untrained network says these probabilities. */
    public static void startFrom(ComputationGraph graph, double[] probabilities) {
        INDArray bias = graph.getLayer(OUTPUT).getParam("b");
        for (int voice = 0; voice < M; voice++) {
            bias.putScalar(0, voice, Math.log(probabilities[voice] / (1 - probabilities[voice])));
        }
    }

    /** Copies the weights of a model file into a graph. */
    static void load(ComputationGraph graph, LstmWeights weights) {
        for (int layer = 0; layer < weights.layers().size(); layer++) {
            Map<String, INDArray> table = graph.getVertex(vertex(layer)).paramTable(false);
            load(weights.layers().get(layer).forward(), "forward.", table);
            load(weights.layers().get(layer).backward(), "backward.", table);
        }
        List<LstmWeights.Dense> heads = List.of(weights.hits(), weights.velocity(), weights.offset());
        INDArray w = graph.getLayer(OUTPUT).getParam("W");
        INDArray b = graph.getLayer(OUTPUT).getParam("b");
        for (int head = 0; head < heads.size(); head++) {
            w.get(NDArrayIndex.all(), columns(head)).assign(array(heads.get(head).w()).transpose());
            b.get(NDArrayIndex.all(), columns(head)).assign(array(heads.get(head).b()));
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
        for (int head = 0; head < HEADS.size(); head++) {
            INDArray w = graph.getLayer(OUTPUT).getParam("W");
            INDArray b = graph.getLayer(OUTPUT).getParam("b");
            arrays.put(HEADS.get(head) + ".W", w.get(NDArrayIndex.all(), columns(head)).transpose());
            arrays.put(HEADS.get(head) + ".b", b.get(NDArrayIndex.all(), columns(head)));
        }
        List<Tensor> tensors = new ArrayList<>();
        config.shapes().forEach((name, shape) -> tensors.add(Tensor.of(name, arrays.get(name).dup('c').data().asFloat(),
                shape.stream().mapToInt(Integer::intValue).toArray())));
        return tensors;
    }

    /**
     * Runs a batch.
     *
     * @param features as {@link tapkit.model.TapFeatures} fills them with a stride of the whole batch
     * @param out      one for each window of the batch
     */
    public static void predict(ComputationGraph graph, INDArray features, List<Prediction> out) {
        float[] raw = graph.outputSingle(features).dup('c').data().asFloat();
        int batch = out.size();
        for (int n = 0; n < batch; n++) {
            Prediction prediction = out.get(n);
            for (int step = 0; step < Grid.STEPS; step++) {
                int row = (step * batch + n) * HEADS.size() * M;
                for (int voice = 0; voice < M; voice++) {
                    int cell = Grid.cell(step, voice);
                    prediction.probabilities[cell] = (float) sigmoid(raw[row + voice]);
                    prediction.velocities[cell] = (float) sigmoid(raw[row + M + voice]);
                    prediction.offsets[cell] = (float) (0.5 * Math.tanh(raw[row + 2 * M + voice]));
                }
            }
        }
    }

    private static String vertex(int layer) {
        return "layer" + layer;
    }

    private static org.nd4j.linalg.indexing.INDArrayIndex columns(int head) {
        return NDArrayIndex.interval(head * M, (head + 1) * M);
    }

    private static INDArray array(Tensor tensor) {
        int rows = tensor.shape().size() == 1 ? 1 : tensor.shape().getFirst();
        return Nd4j.createFromArray(tensor.toArray()).reshape('c', rows, tensor.shape().getLast());
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
