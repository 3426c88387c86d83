package tapkit.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tapkit.UserError;
import tapkit.data.Window;
import tapkit.model.Humanizer;
import tapkit.model.Infiller;
import tapkit.model.NearestFeel;
import tapkit.model.Seq2SeqHumanizer;
import tapkit.model.Seq2SeqInfiller;
import tapkit.model.Seq2SeqNetwork;
import tapkit.model.Seq2SeqTapModel;
import tapkit.model.Seq2SeqTask;
import tapkit.model.TrainedSeq2Seq;

/** The paper's LSTM models as rows of its tables. */
public final class PaperModels {
    /** The name of the row in Infilling. */
    static final String INFILL = "seq2seq";
    /** The name of the row in Tap2Drum. */
    static final String TAP2DRUM = "seq2seq-tap2drum";

    /** Where the weights for Humanization are, under {@code models/}, by the name that {@code --model} takes. */
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

    /** Opens a model that fills in the closed hi-hat. */
    static Infiller openInfiller(String name, Setting setting) {
        TrainedSeq2Seq model = TrainedSeq2Seq.load(name.equals(INFILL) ? "table/seq2seq-infill" : name, Seq2SeqTask.INFILL);
        return new Seq2SeqInfiller(model.open(setting.engine()), setting.temperature().orElse(0));
    }

    /** Opens a model that answers taps. */
    static Drummer openDrummer(Setting setting) {
        TrainedSeq2Seq model = TrainedSeq2Seq.load("table/" + TAP2DRUM, Seq2SeqTask.TAP2DRUM);
        return new ModelDrummer(new Seq2SeqTapModel(model.open(setting.engine())), model.decoder(),
                setting.temperature().orElse(0));
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
