package tapkit.model.nd4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import tapkit.grid.Grid;
import tapkit.model.Prediction;
import tapkit.model.nd4j.LstmVertex.Shape;

/**
 * The paper's Seq2Seq (section 4): a bidirectional LSTM reads two bars, its two last outputs become an embedding z, and a stacked
 * LSTM that starts from z and hears it at every step writes two bars, each step given the one before. Rows of 27 columns are H, V,
 * O of a step, as in {@link TapNetwork}; time-major, see the package.
 *
 * <pre>
 *   taps [32·n, 27] -&gt; encoder -&gt; z [n, 256] -&gt; dense, tanh -&gt; initial states
 *                                  |-------------------v
 *   previous [32·n, 27] ------------&gt; decoder 0 -&gt; decoder 1 -&gt; heads [32·n, 27]
 * </pre>
 */
public final class Seq2Seq {
    /** Columns of a step: hits, velocities, offsets. */
    public static final int COLUMNS = 3 * Grid.VOICES;
    private static final int M = Grid.VOICES;
    private static final String HEADS = "heads";

    /**
     * Sizes of the network.
     *
     * @param encoder cells of each direction
     * @param latent  width of z
     * @param decoder cells of each layer
     * @param layers  of the decoder
     * @param steps   of a window
     */
    public record Sizes(int encoder, int latent, int decoder, int layers, int steps) {
        /** What the paper says. */
        public static final Sizes PAPER = new Sizes(512, 256, 256, 2, Grid.STEPS);
    }

    private final int batch;
    private final ComputationGraph encoder;
    private final ComputationGraph decoder;

    /**
     * A trained network taken apart, to write step by step.
     *
     * @param trained what {@link #create} made; its weights are copied
     * @param batch   windows at once
     */
    public Seq2Seq(ComputationGraph trained, Sizes sizes, int batch) {
        this.batch = batch;
        Parts parts = new Parts(sizes, 0, new NoOp());
        encoder = parts.graph(DataType.FLOAT, builder -> {
            builder.addInputs("taps");
            parts.encoder(builder, new OutputLayer.Builder(new LossMSE()));
            builder.setOutputs("z");
        });
        decoder = parts.graph(DataType.FLOAT, builder -> {
            builder.addInputs("z", "previous");
            parts.decoder(builder, 1, new LossMSE());
        });
        for (ComputationGraph part : List.of(encoder, decoder)) {
            for (GraphVertex vertex : part.getVertices()) {
                if (vertex.numParams() > 0) {
                    vertex.params().assign(trained.getVertex(vertex.getVertexName()).params());
                }
            }
        }
    }

    /** The whole network for training with teacher forcing: inputs taps and previous, output the heads before activation. */
    public static ComputationGraph create(Sizes sizes, DataType type, long seed, IUpdater updater, ILossFunction loss) {
        Parts parts = new Parts(sizes, seed, updater);
        return parts.graph(type, builder -> {
            builder.addInputs("taps", "previous");
            parts.encoder(builder, new DenseLayer.Builder());
            parts.decoder(builder, sizes.steps(), loss);
        });
    }

    /**
     * Writes two bars for each window. What is likelier than the threshold goes back in as the step before. Drums sound where
     * there are taps and nowhere else: that is how collapsed taps are made, and it keeps the decoder on its way.
     *
     * @param taps      [32·n, 27]
     * @param threshold least probability of a hit that is fed back
     */
    public List<Prediction> write(INDArray taps, double threshold) {
        INDArray z = encoder.outputSingle(taps);
        float[] heard = taps.max(1).data().asFloat();
        List<Prediction> out = new ArrayList<>();
        for (int n = 0; n < batch; n++) {
            out.add(new Prediction());
        }
        for (GraphVertex vertex : decoder.getVertices()) {
            if (vertex instanceof LstmGraphVertex lstm) {
                lstm.startStreaming();
            }
        }
        INDArray previous = Nd4j.create(DataType.FLOAT, batch, COLUMNS);
        float[] row = new float[batch * COLUMNS];
        for (int step = 0; step < Grid.STEPS; step++) {
            float[] raw = decoder.outputSingle(z, previous).dup('c').data().asFloat();
            Arrays.fill(row, 0);
            for (int n = 0; n < batch; n++) {
                if (heard[step * batch + n] > 0) {
                    read(raw, n * COLUMNS, step, out.get(n), threshold, row);
                }
            }
            previous.data().setData(row);
        }
        return out;
    }

    private static void read(float[] raw, int at, int step, Prediction out, double threshold, float[] next) {
        for (int voice = 0; voice < M; voice++) {
            int cell = Grid.cell(step, voice);
            out.probabilities[cell] = (float) TapNetwork.sigmoid(raw[at + voice]);
            out.velocities[cell] = (float) TapNetwork.sigmoid(raw[at + M + voice]);
            out.offsets[cell] = (float) (0.5 * Math.tanh(raw[at + 2 * M + voice]));
            if (out.probabilities[cell] >= threshold) {
                next[at + voice] = 1;
                next[at + M + voice] = out.velocities[cell];
                next[at + 2 * M + voice] = out.offsets[cell];
            }
        }
    }

    /** The pieces of the network, by the same names wherever they are used. */
    private record Parts(Sizes sizes, long seed, IUpdater updater) {
        ComputationGraph graph(DataType type, Consumer<GraphBuilder> build) {
            // The loss is a mean already.
            GraphBuilder builder = new NeuralNetConfiguration.Builder().seed(seed).dataType(type).updater(updater)
                    .miniBatch(false).weightInit(WeightInit.XAVIER_UNIFORM).graphBuilder();
            build.accept(builder);
            ComputationGraph graph = new ComputationGraph(builder.build());
            graph.init();
            return graph;
        }

        /** @param z the kind of layer that z is; DL4J wants an output layer at the end of a graph */
        void encoder(GraphBuilder builder, FeedForwardLayer.Builder<?> z) {
            Shape shape = new Shape(COLUMNS, 0, sizes.encoder(), sizes.steps(), true, false, true, 0, seed + 1);
            builder.addVertex("encoder", new LstmVertex(shape, updater), "taps");
            builder.addLayer("z", z.nIn(2 * sizes.encoder()).nOut(sizes.latent()).activation(Activation.IDENTITY).build(),
                    "encoder");
        }

        /** @param steps 1 to be called step by step */
        void decoder(GraphBuilder builder, int steps, ILossFunction loss) {
            String below = "previous";
            for (int layer = 0; layer < sizes.layers(); layer++) {
                String h = "h" + layer;
                String c = "c" + layer;
                String name = "decoder" + layer;
                builder.addLayer(h, initialState(), "z").addLayer(c, initialState(), "z");
                Shape shape = new Shape(layer == 0 ? COLUMNS : sizes.decoder(), layer == 0 ? sizes.latent() : 0,
                        sizes.decoder(), steps, false, true, false, 0, seed + 2 + layer);
                LstmVertex lstm = new LstmVertex(shape, updater);
                if (layer == 0) {
                    builder.addVertex(name, lstm, below, "z", h, c);
                } else {
                    builder.addVertex(name, lstm, below, h, c);
                }
                below = name;
            }
            builder.addLayer(HEADS, new OutputLayer.Builder(loss).nIn(sizes.decoder()).nOut(COLUMNS)
                    .activation(Activation.IDENTITY).build(), below).setOutputs(HEADS);
        }

        private DenseLayer initialState() {
            return new DenseLayer.Builder().nIn(sizes.latent()).nOut(sizes.decoder()).activation(Activation.TANH).build();
        }
    }
}
