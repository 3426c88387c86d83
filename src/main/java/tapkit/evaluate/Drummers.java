package tapkit.evaluate;

import java.util.List;
import java.util.function.Supplier;
import tapkit.data.Window;
import tapkit.model.Models;
import tapkit.model.TrainedModel;

/** Everyone who answers taps, by the name that {@code --model} takes. One more is a name, and a line in {@link #open}. */
public final class Drummers {
    public static final String USUAL_VOICES = "usual-voices";
    public static final String NEAREST_TAPS = "nearest-taps";

    /** Trivial answers. */
    public static final List<String> TRIVIAL = List.of(USUAL_VOICES, NEAREST_TAPS);

    private Drummers() {
    }

    /**
     * Opens one of the trivial answers or of the models.
     *
     * @param setting  how it plays; its own best temperature is 0, the thresholded answer
     * @param training windows of the training split, cut as those that will be answered; read only if they are needed
     */
    public static Drummer open(String name, Setting setting, Supplier<List<Window>> training) {
        return switch (name) {
            case USUAL_VOICES -> new UsualVoices(training.get());
            case NEAREST_TAPS -> new NearestTaps(training.get());
            case PaperModels.TAP2DRUM -> PaperModels.openDrummer(setting);
            default -> {
                TrainedModel model = Models.load(name);
                yield new ModelDrummer(model.open(setting.engine()), model.decoder(), setting.temperature().orElse(0));
            }
        };
    }
}
