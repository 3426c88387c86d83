package tapkit.train;

import java.util.Map;
import java.util.TreeMap;

/**
 * Where a model comes from.
 *
 * @param epochs how many there were
 * @param best   the one whose weights these are
 */
record Provenance(String task, String recipe, long seed, String command, int epochs, int best) {
    /** For the model's file. */
    Map<String, String> metadata() {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("task", task);
        metadata.put("data", ModelCard.DATA);
        metadata.put("data.licence", ModelCard.LICENCE);
        metadata.put("data.citation", ModelCard.CITATION);
        metadata.put("seed", Long.toString(seed));
        metadata.put("epochs", Integer.toString(epochs));
        metadata.put("epoch", Integer.toString(best));
        metadata.put("command", command);
        metadata.put("recipe", recipe);
        return metadata;
    }
}
