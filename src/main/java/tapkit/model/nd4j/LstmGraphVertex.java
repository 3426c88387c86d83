package tapkit.model.nd4j;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import tapkit.model.nd4j.LstmVertex.Shape;

/** What {@link LstmVertex} describes, with parameters: the arithmetic is {@link LstmPass}, this is its seat in the graph. */
@SuppressWarnings("overrides") // DL4J's own base class differs from its interface by an ellipsis
final class LstmGraphVertex extends BaseGraphVertex {
    private static final long serialVersionUID = 1L;

    private final LstmVertex config;
    private final Shape shape;
    private final INDArray parameters;
    private final transient Map<String, INDArray> parameterTable;
    private final transient LstmPass[] passes;
    private INDArray gradients;
    private transient Map<String, INDArray> gradientTable;
    private int batch;
    /** Outputs before dropout, steps · batch × outputs, and their gradient. */
    private transient MemorySegment outputs;
    private transient MemorySegment outputGradients;
    private boolean dropped;
    private long dropoutSeed;
    private boolean streaming;
    /** Where the last call ended, while streaming; null before the first. */
    private transient LstmPass.State carried;

    LstmGraphVertex(LstmVertex config, ComputationGraph graph, String name, int index, INDArray parameters, boolean initialize,
            DataType type) {
        super(graph, name, index, null, null, type);
        this.config = config;
        this.shape = config.shape();
        this.parameters = parameters;
        parameterTable = split(parameters);
        if (initialize) {
            LstmInitializer.initialize(parameterTable, shape.hidden(), shape.seed());
        }
        passes = new LstmPass[shape.directions()];
        for (int d = 0; d < passes.length; d++) {
            passes[d] = new LstmPass(type, shape.inputs(), shape.statics(), shape.hidden(), d == 1);
        }
    }

    /** From now on each call goes on where the one before ended; the first starts from the initial state. One direction only. */
    void startStreaming() {
        streaming = true;
        carried = null;
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = NativeArrays.dense(inputs[i], workspaces, ArrayType.ACTIVATIONS);
        }
        prepare((int) (inputs[0].size(0) / shape.steps()));
        LstmPass.State start = carried == null ? initial() : carried;
        for (int d = 0; d < passes.length; d++) {
            passes[d].forward(shape.steps(), batch, NativeArrays.segment(inputs[0]), fixed(), start,
                    weights(parameterTable, d), outputs, d * shape.hidden(), shape.outputs());
        }
        if (streaming) {
            carried = passes[0].last(outputs, 0, shape.outputs());
        }
        long rows = shape.finalOnly() ? batch : inputs[0].size(0);
        INDArray out = workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, new long[]{rows, shape.outputs()}, 'c');
        MemorySegment to = NativeArrays.segment(out);
        if (shape.finalOnly()) {
            copyFinals(outputs, to, true);
        } else {
            to.copyFrom(outputs);
        }
        dropped = training && shape.dropout() > 0;
        dropoutSeed = shape.seed() ^ (graph.getIterationCount() + 1L) * 0x9E3779B97F4A7C15L;
        if (dropped) {
            Dropout.apply(to, dataType, shape.dropout(), dropoutSeed);
        }
        return out;
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
        // A copy: dropout works in place, and another vertex may look at this epsilon too.
        INDArray above = workspaces.dup(ArrayType.BP_WORKING_MEM, epsilon, 'c');
        MemorySegment dh = NativeArrays.segment(above);
        if (dropped) {
            Dropout.apply(dh, dataType, shape.dropout(), dropoutSeed);
        }
        if (shape.finalOnly()) {
            outputGradients.fill((byte) 0);
            copyFinals(outputGradients, dh, false);
            dh = outputGradients;
        }
        INDArray[] down = new INDArray[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            down[i] = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, inputs[i].shape(), 'c');
        }
        MemorySegment dFixed = shape.statics() > 0 ? NativeArrays.segment(down[1]) : null;
        LstmPass.State dInitial = state(down);
        for (int d = 0; d < passes.length; d++) {
            passes[d].backward(NativeArrays.segment(inputs[0]), fixed(), initial(), weights(parameterTable, d), outputs, dh,
                    d * shape.hidden(), shape.outputs(), weights(gradientTable, d), NativeArrays.segment(down[0]), d > 0,
                    dFixed, dInitial);
        }
        Gradient gradient = new DefaultGradient();
        gradientTable.forEach((name, value) -> gradient.gradientForVariable().put(name, value));
        return new Pair<>(gradient, down);
    }

    private MemorySegment fixed() {
        return shape.statics() > 0 ? NativeArrays.segment(inputs[1]) : null;
    }

    private LstmPass.State initial() {
        return state(inputs);
    }

    private LstmPass.State state(INDArray[] arrays) {
        if (!shape.initialState()) {
            return LstmPass.State.ZERO;
        }
        return new LstmPass.State(NativeArrays.segment(arrays[arrays.length - 2]),
                NativeArrays.segment(arrays[arrays.length - 1]));
    }

    /** Copies the last outputs (first step's for the backward direction) out of the sequence, or back into it. */
    private void copyFinals(MemorySegment sequence, MemorySegment finals, boolean out) {
        long half = shape.hidden() * (long) dataType.width();
        long row = shape.outputs() * (long) dataType.width();
        for (int d = 0; d < passes.length; d++) {
            long step = d == 0 ? (shape.steps() - 1L) * batch * row : 0;
            for (int n = 0; n < batch; n++) {
                long inSequence = step + n * row + d * half;
                long inFinals = n * row + d * half;
                if (out) {
                    MemorySegment.copy(sequence, inSequence, finals, inFinals, half);
                } else {
                    MemorySegment.copy(finals, inFinals, sequence, inSequence, half);
                }
            }
        }
    }

    private void prepare(int newBatch) {
        if (newBatch == batch) {
            return;
        }
        batch = newBatch;
        long size = shape.steps() * (long) batch * shape.outputs() * dataType.width();
        outputs = Arena.ofAuto().allocate(size, 64);
        outputGradients = shape.finalOnly() ? Arena.ofAuto().allocate(size, 64) : MemorySegment.NULL;
    }

    private LstmPass.Weights weights(Map<String, INDArray> table, int direction) {
        String prefix = direction == 0 ? "forward." : "backward.";
        return new LstmPass.Weights(NativeArrays.segment(table.get(prefix + "W")),
                NativeArrays.segment(table.get(prefix + "R")), NativeArrays.segment(table.get(prefix + "b")),
                shape.statics() > 0 ? NativeArrays.segment(table.get(prefix + "S")) : null);
    }

    /** Views of a flat vector by parameter, row-major. */
    private Map<String, INDArray> split(INDArray flat) {
        Map<String, INDArray> table = new LinkedHashMap<>();
        INDArray vector = flat.reshape(flat.length());
        long from = 0;
        for (Map.Entry<String, long[]> entry : config.parameters().entrySet()) {
            long[] size = entry.getValue();
            long to = from + size[0] * size[1];
            table.put(entry.getKey(), vector.get(NDArrayIndex.interval(from, to)).reshape('c', size));
            from = to;
        }
        return table;
    }

    @Override
    public void setBackpropGradientsViewArray(INDArray view) {
        gradients = view;
        gradientTable = split(view);
    }

    @Override
    public Map<String, INDArray> paramTable(boolean backpropOnly) {
        return parameterTable;
    }

    @Override
    public TrainingConfig getConfig() {
        return config;
    }

    @Override
    public long numParams() {
        return parameters.length();
    }

    @Override
    public INDArray params() {
        return parameters;
    }

    @Override
    public INDArray getGradientsViewArray() {
        return gradients;
    }

    @Override
    public boolean hasLayer() {
        return false;
    }

    @Override
    public Layer getLayer() {
        return null;
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArrays(INDArray[] masks, MaskState state, int minibatch) {
        return null;
    }

    @Override
    public String toString() {
        return "LSTM " + shape;
    }
}
