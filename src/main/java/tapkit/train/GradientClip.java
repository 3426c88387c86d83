package tapkit.train;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Scales the gradients of all weights together so that their norm keeps a limit. DL4J's own clipping goes layer by layer. */
final class GradientClip extends BaseTrainingListener {
    private final double limit;

    GradientClip(double limit) {
        this.limit = limit;
    }

    @Override
    public void onGradientCalculation(Model model) {
        INDArray gradients = ((ComputationGraph) model).getFlattenedGradients();
        double norm = gradients.norm2Number().doubleValue();
        if (norm > limit) {
            gradients.muli(limit / norm);
        }
    }
}
