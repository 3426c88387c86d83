package tapkit.engine;

import tapkit.model.Decoder;
import tapkit.model.TapModel;

/** A model for the engine's model thread, and how it is decoded. */
public record Player(TapModel model, Decoder decoder) {
}
