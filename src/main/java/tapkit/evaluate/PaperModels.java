package tapkit.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tapkit.UserError;
import tapkit.data.Window;
import tapkit.model.Humanizer;
import tapkit.model.NearestFeel;
import tapkit.model.Seq2SeqHumanizer;
import tapkit.model.Seq2SeqNetwork;
import tapkit.model.TrainedSeq2Seq;

/** The paper's LSTM models in Humanization. */
public final class PaperModels {
    /** Where the weights are, under {@code models/}, by the name that {@code --model} takes. */
    private static final Map<String, String> FILES = files();

    private PaperModels() {
    }

    /** Names of the rows, in the paper's order. */
    public static List<String> names() {
        return List.copyOf(FILES.keySet());
    }

    /** What {@link tapkit.model.Models#file} finds the weights of a row by. */
    public static String weights(String name) {
        return FILES.getOrDefault(name, name);
    }

    /**
     * Opens a model that plays scores.
     *
     * @param name     of a row, or a file's
     * @param training for Groove Transfer, which looks for scores that are alike
     */
    static Humanizer open(String name, Setting setting, Supplier<List<Window>> training) {
        TrainedSeq2Seq model = TrainedSeq2Seq.load(weights(name));
        Seq2SeqNetwork network = model.open(setting.engine());
        return switch (model.config().task()) {
            case HUMANIZE -> new Seq2SeqHumanizer(network, setting.temperature().orElse(0));
            case TRANSFER -> new NearestFeel(network, training.get().stream().map(Window::groove).toList());
            case TAP2DRUM, INFILL, SAMPLE -> throw new UserError("Model " + name + " has learned the task "
                    + model.config().task() + ", which is not to humanize; choose another --model");
        };
    }

    private static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("seq2seq", "table/seq2seq-humanize");
        files.put("seq2seq-vib", "table/seq2seq-vib-humanize");
        files.put("groove-transfer", "table/groove-transfer");
        files.put("groove-transfer-vib", "groove");
        return files;
    }
}
