package tapkit.train;

import java.io.PrintWriter;
import java.nio.file.Path;

/** Whatever {@code tapkit train} can do. */
@FunctionalInterface
public interface Training {
    /**
     * Trains to the end and writes model and card.
     *
     * @param out     folder of everything that is written
     * @param log     where progress goes
     * @param resume  whether to go on from the checkpoint in the folder
     * @param command what was typed, for the card
     * @return the model file
     */
    Path train(Path out, PrintWriter log, boolean resume, String command);

    /** Of a single network. */
    static Training of(TrainingTask task) {
        return (out, log, resume, command) -> new Trainer(task, out, log).train(resume, command);
    }
}
