package tapkit.evaluate;

import tapkit.grid.Groove;
import tapkit.grid.TapWindow;
import tapkit.model.Decoder;
import tapkit.model.Prediction;
import tapkit.model.TapModel;

/** A network and the rule that turns what it says into drums. */
public final class ModelDrummer implements Drummer {
    private final TapModel model;
    private final Decoder decoder;
    private final double temperature;
    private final Prediction prediction = new Prediction();

    /** The temperature is the {@link Decoder}'s: 0 for the thresholded answer. */
    public ModelDrummer(TapModel model, Decoder decoder, double temperature) {
        this.model = model;
        this.decoder = decoder;
        this.temperature = temperature;
    }

    @Override
    public void answer(TapWindow taps, long seed, Groove out) {
        model.predict(taps, prediction);
        decoder.decode(taps, prediction, temperature, seed, out);
    }
}
