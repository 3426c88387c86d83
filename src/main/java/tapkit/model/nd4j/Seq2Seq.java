package tapkit.model.nd4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.model.LstmWeights;
import tapkit.model.Prediction;
import tapkit.model.Seq2SeqConfig;
import tapkit.model.Seq2SeqTask;
import tapkit.model.Seq2SeqWeights;
import tapkit.model.StepSampler;
import tapkit.model.Tensor;
import tapkit.model.nd4j.LstmVertex.Shape;

/**
 * The paper's Seq2Seq (section 4): a bidirectional LSTM reads two bars, its two last outputs become an embedding z, and a stacked
 * LSTM that starts from z and hears it at every step writes two bars, each step given the one before. Rows of 27 columns are H, V,
 * O of a step, as in {@link tapkit.model.LstmTapModel}; time-major, see the package.
 *
 * <pre>
 *   read [32·n, 27] -&gt; encoder -&gt; z [n, 256] -&gt; dense, tanh -&gt; initial states
 *                                  |-------------------v
 *   told [32·n, 27 or 36] -----------&gt; decoder 0 -&gt; decoder 1 -&gt; heads [32·n, 27]
 * </pre>
 *
 * The decoder is told the step before and, in Groove Transfer, the hits of the step that it writes. With a variational bottleneck
 * the encoder gives means and deviations ("embedding"), and z is drawn from them while training.
 */
public final class Seq2Seq {
    private static final int COLUMNS = Seq2SeqConfig.COLUMNS;
    private static final int M = Grid.VOICES;
    private static final String EMBEDDING = "embedding";
    private static final String LATENT_LOSS = "latent";
    private static final String HEADS = "heads";

    private final Seq2SeqConfig config;
    private final int batch;
    private final ComputationGraph encoder;
    private final ComputationGraph decoder;

    /**
     * A trained network taken apart, to write step by step.
     *
     * @param trained what {@link #create} made; its weights are copied
     * @param batch   windows at once
     */
    public Seq2Seq(ComputationGraph trained, Seq2SeqConfig config, int batch) {
        this(config, batch);
        for (ComputationGraph part : List.of(encoder, decoder)) {
            for (GraphVertex vertex : part.getVertices()) {
                if (vertex.numParams() > 0) {
                    vertex.params().assign(trained.getVertex(vertex.getVertexName()).params());
                }
            }
        }
    }

    /** A network from a model file, for one window at a time. */
    Seq2Seq(Seq2SeqWeights weights) {
        this(weights.config(), 1);
        lstm(encoder, "encoder", "forward.", weights.forward());
        lstm(encoder, "encoder", "backward.", weights.backward());
        dense(encoder, EMBEDDING, weights.embedding());
        for (int layer = 0; layer < config.layers(); layer++) {
            lstm(decoder, "decoder" + layer, "forward.", weights.decoder().get(layer).lstm());
            dense(decoder, "h" + layer, weights.decoder().get(layer).h());
            dense(decoder, "c" + layer, weights.decoder().get(layer).c());
        }
        decoder.getVertex("decoder0").paramTable(false).get("forward.S").assign(array(weights.fixed()));
        dense(decoder, HEADS, weights.heads());
    }

    private Seq2Seq(Seq2SeqConfig config, int batch) {
        this.config = config;
        this.batch = batch;
        Parts parts = new Parts(config, 0, 0, new NoOp());
        encoder = parts.graph(DataType.FLOAT, builder -> {
            builder.addInputs("read");
            parts.encoder(builder, Grid.STEPS, new OutputLayer.Builder(new LossMSE()));
            builder.setOutputs(EMBEDDING);
        });
        decoder = parts.graph(DataType.FLOAT, builder -> {
            builder.addInputs("z", "told");
            parts.decoder(builder, "z", 1, new LossMSE());
            builder.setOutputs(HEADS);
        });
    }

    /**
     * The whole network for training with teacher forcing: inputs read and told; outputs the heads before activation and, if it is
     * variational, the embedding.
     *
     * @param steps      of a window
     * @param dropout    share of each LSTM's outputs that training leaves out
     * @param loss       of the heads
     * @param latentLoss of the embedding; unused if not variational
     */
    public static ComputationGraph create(Seq2SeqConfig config, int steps, DataType type, double dropout, long seed,
            IUpdater updater, ILossFunction loss, ILossFunction latentLoss) {
        Parts parts = new Parts(config, dropout, seed, updater);
        return parts.graph(type, builder -> {
            builder.addInputs("read", "told");
            parts.encoder(builder, steps, new DenseLayer.Builder());
            if (config.variational()) {
                builder.addVertex("z", new LatentVertex(config.latent(), seed), EMBEDDING);
                builder.addLayer(LATENT_LOSS, new LossLayer.Builder(latentLoss).activation(Activation.IDENTITY).build(),
                        EMBEDDING);
                parts.decoder(builder, "z", steps, loss);
                builder.setOutputs(HEADS, LATENT_LOSS);
            } else {
                parts.decoder(builder, EMBEDDING, steps, loss);
                builder.setOutputs(HEADS);
            }
        });
    }

    /**
     * Reads two bars for each window.
     *
     * @param read [32·n, 27]
     * @return z, or its mean, [n, latent]
     */
    public INDArray embed(INDArray read) {
        return embedding(read).get(NDArrayIndex.all(), NDArrayIndex.interval(0, config.latent())).dup('c');
    }

    /** What the encoder gives: z, or its means and then its deviations before softplus, [n, embedded]. */
    INDArray embedding(INDArray read) {
        return encoder.outputSingle(read);
    }

    /** Begins to write anew. */
    void start() {
        for (GraphVertex vertex : decoder.getVertices()) {
            if (vertex instanceof LstmGraphVertex lstm) {
                lstm.startStreaming();
            }
        }
    }

    /** One step: the heads before activation, [n, 27]. */
    INDArray step(INDArray z, INDArray told) {
        return decoder.outputSingle(z, told);
    }

    /**
     * Writes two bars for each window, each step given what was decided on the one before.
     *
     * @param z        [n, latent]
     * @param controls one for each window whose hits are told ahead, if the task wants it; else unused
     * @param samplers one for each window
     * @param out      one for each window: what was decided
     * @return what the network said
     */
    public List<Prediction> write(INDArray z, List<Groove> controls, List<StepSampler> samplers, List<Groove> out) {
        List<Prediction> said = new ArrayList<>();
        for (Groove groove : out) {
            groove.clear();
            said.add(new Prediction());
        }
        start();
        int width = config.decoderInputs();
        INDArray told = Nd4j.create(DataType.FLOAT, batch, width);
        float[] rows = new float[batch * width];
        for (int step = 0; step < Grid.STEPS; step++) {
            for (int n = 0; n < out.size(); n++) {
                if (step > 0) {
                    told(config.task(), out.get(n), step - 1, rows, n * width);
                }
                if (config.task().controlled()) {
                    System.arraycopy(controls.get(n).hits, Grid.cell(step, 0), rows, n * width + COLUMNS, M);
                }
            }
            told.data().setData(rows);
            float[] raw = step(z, told).dup('c').data().asFloat();
            for (int n = 0; n < out.size(); n++) {
                activate(raw, n * COLUMNS, step, said.get(n));
                samplers.get(n).sample(step, said.get(n), out.get(n));
            }
        }
        return said;
    }

    /** Fills a row of an array with what the decoder is told of a step: H, V, O or only H. */
    public static void told(Seq2SeqTask task, Groove groove, int step, float[] to, int at) {
        row(groove, step, to, at);
        if (!task.tellsPerformance()) {
            Arrays.fill(to, at + M, at + COLUMNS, 0);
        }
    }

    /** Copies H, V, O of a step into a row of an array. */
    public static void row(Groove groove, int step, float[] to, int at) {
        int cell = Grid.cell(step, 0);
        System.arraycopy(groove.hits, cell, to, at, M);
        System.arraycopy(groove.velocities, cell, to, at + M, M);
        System.arraycopy(groove.offsets, cell, to, at + 2 * M, M);
    }

    static void activate(float[] raw, int at, int step, Prediction out) {
        for (int voice = 0; voice < M; voice++) {
            int cell = Grid.cell(step, voice);
            out.probabilities[cell] = (float) LstmGraph.sigmoid(raw[at + voice]);
            out.velocities[cell] = (float) LstmGraph.sigmoid(raw[at + M + voice]);
            out.offsets[cell] = (float) (0.5 * Math.tanh(raw[at + 2 * M + voice]));
        }
    }

    /** The weights as a model file has them. */
    public static List<Tensor> tensors(ComputationGraph graph, Seq2SeqConfig config) {
        Map<String, INDArray> arrays = new TreeMap<>();
        lstm(graph, "encoder", "encoder.forward", "forward.", arrays);
        lstm(graph, "encoder", "encoder.backward", "backward.", arrays);
        dense(graph, EMBEDDING, "z", arrays);
        for (int layer = 0; layer < config.layers(); layer++) {
            lstm(graph, "decoder" + layer, "decoder." + layer, "forward.", arrays);
            dense(graph, "h" + layer, "decoder." + layer + ".h", arrays);
            dense(graph, "c" + layer, "decoder." + layer + ".c", arrays);
        }
        dense(graph, HEADS, "heads", arrays);
        List<Tensor> tensors = new ArrayList<>();
        config.shapes().forEach((name, shape) -> tensors.add(Tensor.of(name, arrays.get(name).dup('c').data().asFloat(),
                shape.stream().mapToInt(Integer::intValue).toArray())));
        return tensors;
    }

    private static void lstm(ComputationGraph graph, String vertex, String name, String prefix, Map<String, INDArray> arrays) {
        graph.getVertex(vertex).paramTable(false).forEach((key, array) -> {
            if (key.startsWith(prefix)) {
                arrays.put(name + "." + key.substring(prefix.length()), array);
            }
        });
    }

    private static void lstm(ComputationGraph graph, String vertex, String prefix, LstmWeights.Direction weights) {
        Map<String, INDArray> table = graph.getVertex(vertex).paramTable(false);
        table.get(prefix + "W").assign(array(weights.w()));
        table.get(prefix + "R").assign(array(weights.r()));
        table.get(prefix + "b").assign(array(weights.b()));
    }

    private static void dense(ComputationGraph graph, String layer, LstmWeights.Dense weights) {
        graph.getLayer(layer).getParam("W").assign(array(weights.w()).transpose());
        graph.getLayer(layer).getParam("b").assign(array(weights.b()));
    }

    private static INDArray array(Tensor tensor) {
        int rows = tensor.shape().size() == 1 ? 1 : tensor.shape().getFirst();
        return Nd4j.createFromArray(tensor.toArray()).reshape('c', rows, tensor.shape().getLast());
    }

    /** DL4J keeps a row for each input, a model file for each output. */
    private static void dense(ComputationGraph graph, String layer, String name, Map<String, INDArray> arrays) {
        arrays.put(name + ".W", graph.getLayer(layer).getParam("W").transpose());
        arrays.put(name + ".b", graph.getLayer(layer).getParam("b"));
    }

    /** The pieces of the network, by the same names wherever they are used. */
    private record Parts(Seq2SeqConfig config, double dropout, long seed, IUpdater updater) {
        ComputationGraph graph(DataType type, Consumer<GraphBuilder> build) {
            // The loss is a mean already.
            GraphBuilder builder = new NeuralNetConfiguration.Builder().seed(seed).dataType(type).updater(updater)
                    .miniBatch(false).weightInit(WeightInit.XAVIER_UNIFORM).graphBuilder();
            build.accept(builder);
            ComputationGraph graph = new ComputationGraph(builder.build());
            graph.init();
            return graph;
        }

        /** @param z the kind of layer that the embedding is; DL4J wants an output layer at the end of a graph */
        void encoder(GraphBuilder builder, int steps, FeedForwardLayer.Builder<?> z) {
            Shape shape = new Shape(COLUMNS, 0, config.encoder(), steps, true, false, true, dropout, seed + 1);
            builder.addVertex("encoder", new LstmVertex(shape, updater), "read");
            builder.addLayer(EMBEDDING,
                    z.nIn(2 * config.encoder()).nOut(config.embedded()).activation(Activation.IDENTITY).build(), "encoder");
        }

        /**
         * @param z     name of what the decoder starts from
         * @param steps 1 to be called step by step
         */
        void decoder(GraphBuilder builder, String z, int steps, ILossFunction loss) {
            String below = "told";
            for (int layer = 0; layer < config.layers(); layer++) {
                String h = "h" + layer;
                String c = "c" + layer;
                String name = "decoder" + layer;
                builder.addLayer(h, initialState(), z).addLayer(c, initialState(), z);
                Shape shape = new Shape(layer == 0 ? config.decoderInputs() : config.decoder(),
                        layer == 0 ? config.latent() : 0, config.decoder(), steps, false, true, false, dropout,
                        seed + 2 + layer);
                LstmVertex lstm = new LstmVertex(shape, updater);
                if (layer == 0) {
                    builder.addVertex(name, lstm, below, z, h, c);
                } else {
                    builder.addVertex(name, lstm, below, h, c);
                }
                below = name;
            }
            builder.addLayer(HEADS, new OutputLayer.Builder(loss).nIn(config.decoder()).nOut(COLUMNS)
                    .activation(Activation.IDENTITY).build(), below);
        }

        private DenseLayer initialState() {
            return new DenseLayer.Builder().nIn(config.latent()).nOut(config.decoder()).activation(Activation.TANH).build();
        }
    }
}
