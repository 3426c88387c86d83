package tapkit.evaluate;

import java.util.List;
import java.util.function.Supplier;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.model.InfillModel;
import tapkit.model.Infiller;

/** Everyone who can fill in voices, by the name that {@code --model} takes. One more is a name, and a line in {@link #open}. */
public final class Infillers {
    public static final String EIGHTHS = "eighths";
    public static final String NEAREST_VOTE = "nearest-vote";
    public static final String LINEAR = "linear";

    /** The model that ships as the best. */
    public static final String DEFAULT = "infill";

    /** Trivial answers. */
    public static final List<String> TRIVIAL = List.of(EIGHTHS, NEAREST_VOTE, LINEAR);

    private Infillers() {
    }

    /**
     * Opens one of the trivial answers or of the models.
     *
     * @param setting  how it plays
     * @param how      how the windows are cut that it will be given
     * @param training windows of the training split, cut as those that will be filled; read only if they are needed
     */
    public static Infiller open(String name, Setting setting, Windowing how, Supplier<List<Window>> training) {
        return switch (name) {
            case EIGHTHS -> new Eighths(training.get());
            case NEAREST_VOTE -> new NearestVote(training.get());
            case LINEAR -> new LinearInfiller(training.get());
            default -> name.equals(PaperModels.INFILL) || (name.endsWith(".safetensors") && !InfillModel.isIn(name))
                    ? PaperModels.openInfiller(name, setting)
                    : InfillModel.load(name).open(setting.engine(),
                            setting.temperature().orElse(InfillModel.BEST_TEMPERATURE), how == Windowing.CUT);
        };
    }
}
