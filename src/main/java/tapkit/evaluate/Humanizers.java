package tapkit.evaluate;

import java.util.List;
import java.util.function.Supplier;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.model.HumanizeModel;
import tapkit.model.Humanizer;
import tapkit.model.Mlp;
import tapkit.model.Models;

/** Everyone who can humanize, by the name that {@code --model} takes. One more is a name, and a line in {@link #open}. */
public final class Humanizers {
    public static final String QUANTIZED = "quantized";
    public static final String JITTER = "jitter";
    public static final String LINEAR = "linear";
    public static final String KNN = "knn";
    public static final String KNN_1 = "knn-1";
    public static final String KNN_ALL = "knn-all";

    /** The model that ships as the best. */
    public static final String DEFAULT = "humanize";

    public static final String MLP = "mlp";

    /** Trivial answers. */
    public static final List<String> TRIVIAL = List.of(QUANTIZED, JITTER, LINEAR, KNN, KNN_1, KNN_ALL);

    private Humanizers() {
    }

    /**
     * Opens one of the trivial answers or of the models.
     *
     * @param setting  how it plays
     * @param how      how the windows are cut that it will be given
     * @param training windows of the training split, cut as those that will be played; read only if they are needed
     */
    public static Humanizer open(String name, Setting setting, Windowing how, Supplier<List<Window>> training) {
        return switch (name) {
            case QUANTIZED -> new Quantized();
            case JITTER -> new Jitter(training.get());
            case LINEAR -> new LinearHumanizer(training.get());
            case KNN -> new NearestHumanizer(training.get(), NearestHumanizer.K);
            case KNN_1 -> new NearestHumanizer(training.get(), 1);
            case KNN_ALL -> new NearestHumanizer(training.get(), NearestHumanizer.ALL);
            case MLP -> Mlp.load(Models.file("table/" + MLP));
            default -> PaperModels.names().contains(name) || (name.endsWith(".safetensors") && !HumanizeModel.isIn(name))
                    ? PaperModels.open(name, setting, training)
                    : HumanizeModel.load(name).open(setting.engine(),
                            setting.temperature().orElse(HumanizeModel.BEST_TEMPERATURE), how == Windowing.CUT);
        };
    }
}
