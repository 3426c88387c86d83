package tapkit.evaluate;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tapkit.UserError;
import tapkit.data.GrooveDataset;
import tapkit.data.Quantizer;
import tapkit.data.Split;
import tapkit.data.Take;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.grid.Piece;

/** The takes of a split on which models are measured, and the training windows that some models look up. Not thread safe. */
public final class EvaluationSet {
    private final GrooveDataset dataset;
    private final Split split;
    private final List<Take> takes;
    private final List<Piece> pieces;
    private final Map<Windowing, List<Window>> windows = new EnumMap<>(Windowing.class);
    private final Map<Windowing, List<Window>> training = new EnumMap<>(Windowing.class);
    private List<Take> trainingTakes;

    public EvaluationSet(GrooveDataset dataset, Split split) {
        this.dataset = dataset;
        this.split = split;
        takes = dataset.takes(split);
        pieces = takes.stream().map(take -> Quantizer.piece(take.score())).toList();
        if (windows(Windowing.CUT).isEmpty()) {
            throw new UserError("no 4/4 take of the " + split + " split is two bars long; get the whole dataset");
        }
    }

    public Split split() {
        return split;
    }

    public List<Take> takes() {
        return takes;
    }

    /** Each take on the grid. */
    public List<Piece> pieces() {
        return pieces;
    }

    public List<Window> windows(Windowing how) {
        return windows.computeIfAbsent(how, h -> Window.of(takes, h));
    }

    /** The takes of the training split, read when they are first asked for. */
    public List<Take> trainingTakes() {
        if (trainingTakes == null) {
            trainingTakes = split == Split.TRAIN ? takes : dataset.takes(Split.TRAIN);
        }
        return trainingTakes;
    }

    /** Windows of the training split, read when they are first asked for. */
    public List<Window> training(Windowing how) {
        return training.computeIfAbsent(how, h -> Window.of(trainingTakes(), h));
    }
}
