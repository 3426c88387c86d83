package tapkit.model;

import java.nio.file.Path;
import java.util.Map;
import tapkit.grid.Grid;

/**
 * A loaded Tap2Drum model: immutable, so any number of threads may share it, each with a {@link TapModel} of its own.
 *
 * @param name    as {@code --model} takes it
 * @param decoder with the model's own thresholds
 * @param card    the file's metadata: data, seed, validation figures and so on
 */
public record TrainedModel(String name, Path file, LstmWeights weights, Decoder decoder, Map<String, String> card) {
    public TrainedModel {
        card = Map.copyOf(card);
    }

    /** A model for one thread. Its first answers are slow: see {@link #openWarm}. */
    public TapModel open(InferenceEngine engine) {
        return new LstmTapModel(engine.open(weights, Grid.STEPS));
    }

    /** A model for one thread, compiled and quick from its first answer on. Takes a second or so; call before going live. */
    public TapModel openWarm(InferenceEngine engine) {
        engine.warmUp();
        TapModel model = open(engine);
        WarmUp.run(model, decoder);
        return model;
    }
}
