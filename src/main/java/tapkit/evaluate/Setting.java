package tapkit.evaluate;

import java.util.OptionalDouble;
import tapkit.model.InferenceEngine;

/**
 * How a trained model is to play.
 *
 * @param engine      who computes the network
 * @param temperature 0 for the likeliest answer; empty for what the model itself holds to be its best
 */
public record Setting(InferenceEngine engine, OptionalDouble temperature) {
    /** What a command does without options. */
    public static final Setting DEFAULT = new Setting(InferenceEngine.VECTOR, OptionalDouble.empty());
}
