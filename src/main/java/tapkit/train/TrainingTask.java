package tapkit.train;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.MultiDataSet;

/** What a {@link Trainer} trains. Everything but {@link #batch} is the same at each call. */
public interface TrainingTask {
    /** What it is called, how long it takes, and its seed. */
    TrainingPlan plan();

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
}
