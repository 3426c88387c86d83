package tapkit.model.nd4j;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import tapkit.grid.Grid;
import tapkit.grid.TapWindow;
import tapkit.model.LstmWeights;
import tapkit.model.Prediction;
import tapkit.model.TapFeatures;
import tapkit.model.TapModel;

/** The live network computed by DL4J: the reference for the kernels, far too slow and garbage-ridden to play with. */
public final class Nd4jTapModel implements TapModel {
    private final ComputationGraph graph;
    private final float[] features = new float[TapFeatures.SIZE];
    private final INDArray input = Nd4j.create(DataType.FLOAT, Grid.STEPS, TapFeatures.COUNT);

    public Nd4jTapModel(LstmWeights weights) {
        graph = TapNetwork.create(weights.config(), DataType.FLOAT, 0, 0, new NoOp(), new LossMSE());
        TapNetwork.load(graph, weights);
    }

    @Override
    public void predict(TapWindow taps, Prediction out) {
        TapFeatures.fill(taps, features);
        input.data().setData(features);
        TapNetwork.predict(graph, input, List.of(out));
    }
}
