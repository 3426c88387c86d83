package tapkit.listen;

import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.evaluate.EvaluationSet;
import tapkit.evaluate.Humanizers;
import tapkit.evaluate.Infillers;
import tapkit.evaluate.ModelDrummer;
import tapkit.evaluate.Setting;
import tapkit.evaluate.TapInput;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.grid.TapWindow;
import tapkit.grid.Voice;
import tapkit.model.Humanizer;
import tapkit.model.Infiller;
import tapkit.model.Models;
import tapkit.model.TrainedModel;

/** Who plays the two bars of a clip. */
enum Player {
    DRUMMER,
    TAP2DRUM,
    HUMANIZE,
    KNN,
    INFILL;

    private static final Set<Voice> HATS = Set.of(Voice.CLOSED_HAT);

    /** Plays two bars of a piece. */
    @FunctionalInterface
    interface Hands {
        void play(Window window, Piece piece, long seed, Groove out);
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The model that is needed and not there. */
    Optional<String> missing() {
        String model = switch (this) {
            case TAP2DRUM -> Models.TAP2DRUM;
            case HUMANIZE -> Humanizers.DEFAULT;
            case INFILL -> Infillers.DEFAULT;
            case DRUMMER, KNN -> null;
        };
        return Optional.ofNullable(model).filter(name -> Files.notExists(Models.folder().resolve(name + ".safetensors")));
    }

    /** @param tapVelocity whether Tap2Drum may hear how hard the taps are */
    Hands open(EvaluationSet set, boolean tapVelocity) {
        Supplier<List<Window>> training = () -> set.training(Windowing.ALIGNED);
        return switch (this) {
            case DRUMMER -> (window, piece, seed, out) -> out.copyFrom(window.groove());
            case TAP2DRUM -> tap2drum(tapVelocity);
            case HUMANIZE -> humanizer(Humanizers.open(Humanizers.DEFAULT, Setting.DEFAULT, Windowing.ALIGNED, training));
            case KNN -> humanizer(Humanizers.open(Humanizers.KNN, Setting.DEFAULT, Windowing.ALIGNED, training));
            case INFILL -> infiller(Infillers.open(Infillers.DEFAULT, Setting.DEFAULT, Windowing.ALIGNED, training));
        };
    }

    private static Hands tap2drum(boolean tapVelocity) {
        TrainedModel model = Models.load(Models.TAP2DRUM);
        var drummer = new ModelDrummer(model.open(Setting.DEFAULT.engine()), model.decoder(), 0);
        TapInput input = new TapInput(tapVelocity, false, 0);
        TapWindow taps = new TapWindow();
        return (window, piece, seed, out) -> {
            input.taps(window, 0, taps);
            drummer.answer(taps, seed, out);
        };
    }

    private static Hands humanizer(Humanizer humanizer) {
        return (window, piece, seed, out) -> {
            out.clear();
            System.arraycopy(window.groove().hits, 0, out.hits, 0, Grid.CELLS);
            humanizer.humanize(piece.score(), window.bar(), seed, out);
        };
    }

    private static Hands infiller(Infiller infiller) {
        return (window, piece, seed, out) -> {
            Piece rest = piece.without(HATS);
            rest.window(window.bar(), out);
            infiller.infill(rest, window.bar(), HATS, seed, out);
        };
    }
}
