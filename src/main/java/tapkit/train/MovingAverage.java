package tapkit.train;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Exponential moving average of all weights, which generalises better than the last ones. */
final class MovingAverage extends BaseTrainingListener {
    private final double decay;
    private final INDArray average;

    /** @param start weights to begin with; copied */
    MovingAverage(double decay, INDArray start) {
        this.decay = decay;
        average = start.dup();
    }

    INDArray weights() {
        return average;
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        // Early on the average is short, or the first weights would stay in it for long.
        double keep = Math.min(decay, (1.0 + iteration) / (10.0 + iteration));
        average.muli(keep);
        INDArray now = model.params();
        Nd4j.getBlasWrapper().level1().axpy(average.length(), 1 - keep, now, average);
    }
}
