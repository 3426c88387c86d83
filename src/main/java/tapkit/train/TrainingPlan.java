package tapkit.train;

import java.nio.file.Path;
import java.util.List;
import org.nd4j.linalg.learning.config.Adam;

/**
 * What is trained and how, apart from the data and the network.
 *
 * @param name      stem of the names of all files
 * @param optimiser how long and how fast
 * @param recipe    all settings, as text; a checkpoint of others is not resumed
 * @param seed      of everything random
 * @param batches   of an epoch
 */
public record TrainingPlan(String name, Optimiser optimiser, String recipe, long seed, int batches) {
    /** The updater, at the beginning of its way. */
    Adam adam() {
        return new Adam(optimiser.schedule(batches));
    }

    /** The model's file in a folder. */
    Path model(Path folder) {
        return folder.resolve(name + ".safetensors");
    }

    /** Where a model comes from that was trained so. */
    Provenance provenance(List<Epoch> history, String command) {
        return new Provenance(name, recipe, seed, command, history.size(), Epoch.best(history).number());
    }
}
