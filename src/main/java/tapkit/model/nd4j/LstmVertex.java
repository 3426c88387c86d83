package tapkit.model.nd4j;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonIgnoreProperties;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * An LSTM layer as a vertex of a DL4J graph. Inputs, in this order: the sequence (steps · batch × inputs, time-major); a static
 * input (batch × statics) if {@code statics > 0}, which is projected once and fed to every step; the initial h and c (batch × H
 * each) if {@code initialState}. Output: steps · batch × H (2H if bidirectional, forward first), or with {@code finalOnly} the last
 * output of each direction, batch × H (2H).
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public final class LstmVertex extends GraphVertex implements TrainingConfig {
    private static final long serialVersionUID = 1L;

    /** Shape and role of one layer. {@code dropout} is the share of outputs that training leaves out; {@code seed} of the weights. */
    public record Shape(@JsonProperty("inputs") int inputs, @JsonProperty("statics") int statics,
            @JsonProperty("hidden") int hidden,
            @JsonProperty("steps") int steps, @JsonProperty("bidirectional") boolean bidirectional,
            @JsonProperty("initialState") boolean initialState, @JsonProperty("finalOnly") boolean finalOnly,
            @JsonProperty("dropout") double dropout, @JsonProperty("seed") long seed) implements java.io.Serializable {
        int directions() {
            return bidirectional ? 2 : 1;
        }

        int outputs() {
            return hidden * directions();
        }

        int arrays() {
            return 1 + (statics > 0 ? 1 : 0) + (initialState ? 2 : 0);
        }
    }

    @JsonProperty
    private final Shape shape;
    @JsonProperty
    private final IUpdater updater;
    /** The updater finds a vertex by the name its configuration bears; known only once there is a graph. */
    private String vertexName = "lstm";

    @JsonCreator
    public LstmVertex(@JsonProperty("shape") Shape shape, @JsonProperty("updater") IUpdater updater) {
        if (shape.bidirectional() && (shape.initialState() || shape.statics() > 0)) {
            throw new IllegalArgumentException("a static input and an initial state belong to one direction");
        }
        this.shape = shape;
        this.updater = updater;
    }

    Shape shape() {
        return shape;
    }

    /** Parameters by name ("forward.W" ...) with their shapes, in the order of the flat vector. */
    Map<String, long[]> parameters() {
        Map<String, long[]> all = new LinkedHashMap<>();
        int gate = 4 * shape.hidden();
        for (int d = 0; d < shape.directions(); d++) {
            String prefix = d == 0 ? "forward." : "backward.";
            all.put(prefix + "W", new long[]{gate, shape.inputs()});
            all.put(prefix + "R", new long[]{gate, shape.hidden()});
            all.put(prefix + "b", new long[]{1, gate});
            if (shape.statics() > 0) {
                all.put(prefix + "S", new long[]{gate, shape.statics()});
            }
        }
        return all;
    }

    @Override
    public GraphVertex clone() {
        return new LstmVertex(shape, updater.clone());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LstmVertex v && v.shape.equals(shape) && v.updater.equals(updater);
    }

    @Override
    public int hashCode() {
        return Objects.hash(shape, updater);
    }

    @Override
    public long numParams(boolean backprop) {
        return parameters().values().stream().mapToLong(s -> s[0] * s[1]).sum();
    }

    @Override
    public int minVertexInputs() {
        return shape.arrays();
    }

    @Override
    public int maxVertexInputs() {
        return shape.arrays();
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(ComputationGraph graph, String name, int index,
            INDArray parameters, boolean initialize, DataType type) {
        vertexName = name;
        return new LstmGraphVertex(this, graph, name, index, parameters, initialize, type);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType... inputs) {
        return InputType.feedForward(shape.outputs());
    }

    @Override
    public MemoryReport getMemoryReport(InputType... inputs) {
        InputType output = InputType.feedForward(shape.outputs());
        return new LayerMemoryReport.Builder("lstm", LstmVertex.class, inputs[0], output)
                .standardMemory(numParams(true), 2 * numParams(true))
                .workingMemory(0, 0, 0, shape.steps() * 6L * shape.outputs()).build();
    }

    @Override
    public String getLayerName() {
        return vertexName;
    }

    @Override
    public List<Regularization> getRegularizationByParam(String name) {
        return List.of();
    }

    @Override
    public boolean isPretrainParam(String name) {
        return false;
    }

    @Override
    public IUpdater getUpdaterByParam(String name) {
        return updater;
    }

    @Override
    public GradientNormalization getGradientNormalization() {
        return GradientNormalization.None;
    }

    @Override
    public double getGradientNormalizationThreshold() {
        return 0;
    }
}
