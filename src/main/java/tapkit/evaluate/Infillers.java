package tapkit.evaluate;

import java.util.List;
import java.util.function.Supplier;
import tapkit.UserError;
import tapkit.data.Window;
import tapkit.model.Infiller;

/** Everyone who can fill in voices, by the name that {@code --model} takes. One more is a name, and a line in {@link #open}. */
public final class Infillers {
    public static final String EIGHTHS = "eighths";

    /** All names, trivial answers first. */
    public static final List<String> NAMES = List.of(EIGHTHS);

    private Infillers() {
    }

    /**
     * Opens one of {@link #NAMES}.
     *
     * @param setting  how it plays
     * @param training windows of the training split, cut as those that will be filled; read only if they are needed
     */
    public static Infiller open(String name, Setting setting, Supplier<List<Window>> training) {
        return switch (name) {
            case EIGHTHS -> new Eighths(training.get());
            default -> throw new UserError("No model for infill is called " + name + "; there are " + String.join(", ", NAMES));
        };
    }
}
