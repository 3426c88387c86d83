package tapkit.train;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.MultiDataSet;

/** What a {@link Trainer} trains. Everything but {@link #batch} is the same at each call. */
public interface TrainingTask {
    /** Stem of the names of all files. */
    String name();

    /** How it is trained; a checkpoint of another schedule is not resumed. */
    Schedule schedule();

    /** Batches of an epoch. */
    int batches();

    /** The network with its first weights. */
    ComputationGraph network();

    /** Draws a batch; valid until the next one. */
    MultiDataSet batch(SplittableRandom random);

    /** Quality on the validation split, one for each condition. */
    List<Epoch.Score> validate(ComputationGraph graph);

    /**
     * Writes the model and its card.
     *
     * @param out     an existing folder
     * @param command what was typed
     * @return the model's file
     */
    Path export(ComputationGraph graph, List<Epoch> history, Path out, String command);

    /**
     * The loop's own settings.
     *
     * @param epochs    passes of {@link #batches()}
     * @param batch     examples in a batch
     * @param clip      limit of the norm of all gradients together
     * @param averaging decay of the moving average of weights, which is what is validated and shipped
     * @param patience  epochs without a better validation until training stops
     * @param seed      of everything random
     * @param recipe    all there is to know
     */
    record Schedule(int epochs, int batch, double clip, double averaging, int patience, long seed, String recipe) {
    }
}
