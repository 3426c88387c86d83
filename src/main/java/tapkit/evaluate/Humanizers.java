package tapkit.evaluate;

import java.util.List;
import java.util.function.Supplier;
import tapkit.UserError;
import tapkit.data.Window;
import tapkit.model.Humanizer;

/** Everyone who can humanize, by the name that {@code --model} takes. One more is a name, and a line in {@link #open}. */
public final class Humanizers {
    public static final String QUANTIZED = "quantized";

    /** All names, trivial answers first. */
    public static final List<String> NAMES = List.of(QUANTIZED);

    private Humanizers() {
    }

    /**
     * Opens one of {@link #NAMES}.
     *
     * @param setting  how it plays
     * @param training windows of the training split, cut as those that will be played; read only if they are needed
     */
    public static Humanizer open(String name, Setting setting, Supplier<List<Window>> training) {
        return switch (name) {
            case QUANTIZED -> new Quantized();
            default ->
                throw new UserError("No model for humanize is called " + name + "; there are " + String.join(", ", NAMES));
        };
    }
}
