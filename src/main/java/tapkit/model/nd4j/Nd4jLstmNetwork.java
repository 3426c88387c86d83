package tapkit.model.nd4j;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import tapkit.model.LstmNetwork;
import tapkit.model.LstmWeights;

/** The network computed by DL4J: the reference for the kernels, far too slow and garbage-ridden to play with. */
public final class Nd4jLstmNetwork implements LstmNetwork {
    private final LstmWeights weights;
    /** For sequences as long as the last one: a graph knows its length. */
    private ComputationGraph graph;
    private INDArray input = Nd4j.empty();

    public Nd4jLstmNetwork(LstmWeights weights) {
        this.weights = weights;
    }

    @Override
    public void run(float[] x, int steps, float[][] heads) {
        if (graph == null || input.size(0) != steps) {
            graph = LstmGraph.create(weights.config(), steps, DataType.FLOAT, 0, 0, new NoOp(), new LossMSE());
            LstmGraph.load(graph, weights);
            input = Nd4j.create(DataType.FLOAT, steps, weights.config().inputs());
        }
        input.data().setData(x.length == input.length() ? x : java.util.Arrays.copyOf(x, (int) input.length()));
        float[][] found = LstmGraph.run(graph, weights.config(), input);
        for (int i = 0; i < heads.length; i++) {
            System.arraycopy(found[i], 0, heads[i], 0, found[i].length);
        }
    }
}
