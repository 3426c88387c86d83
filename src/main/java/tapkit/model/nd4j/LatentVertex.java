package tapkit.model.nd4j;

import java.util.Objects;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Draws z from Gaussians: input batch × 2L (means, then deviations before softplus), output batch × L. While training z = mean +
 * deviation · noise, else z = mean. The noise follows from the seed and the iteration, so that a training may be resumed.
 */
public final class LatentVertex extends GraphVertex {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private final int latent;
    @JsonProperty
    private final long seed;

    /** @param latent L, the width of z */
    @JsonCreator
    public LatentVertex(@JsonProperty("latent") int latent, @JsonProperty("seed") long seed) {
        this.latent = latent;
        this.seed = seed;
    }

    int latent() {
        return latent;
    }

    long seed() {
        return seed;
    }

    @Override
    public GraphVertex clone() {
        return new LatentVertex(latent, seed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LatentVertex v && v.latent == latent && v.seed == seed;
    }

    @Override
    public int hashCode() {
        return Objects.hash(latent, seed);
    }

    @Override
    public long numParams(boolean backprop) {
        return 0;
    }

    @Override
    public int minVertexInputs() {
        return 1;
    }

    @Override
    public int maxVertexInputs() {
        return 1;
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(ComputationGraph graph, String name, int index,
            INDArray parameters, boolean initialize, DataType type) {
        return new LatentGraphVertex(this, graph, name, index, type);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType... inputs) {
        return InputType.feedForward(latent);
    }

    @Override
    public MemoryReport getMemoryReport(InputType... inputs) {
        return new LayerMemoryReport.Builder("latent", LatentVertex.class, inputs[0], InputType.feedForward(latent))
                .standardMemory(0, 0).workingMemory(0, 0, 0, 2L * latent).build();
    }
}
