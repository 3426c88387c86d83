package tapkit.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tapkit.data.Quantizer;
import tapkit.data.Take;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.model.Calibration;
import tapkit.model.HumanizeModel;
import tapkit.model.Humanizer;
import tapkit.model.InferenceEngine;

/** What a network says about every hit of the validation split, and what the drummer did there. Windows are cut, as the paper's. */
final class HumanizeReadings {
    /**
     * One hit.
     *
     * @param group        step of the beat
     * @param offset       the drummer's, in steps; readOffset is the network's, not yet stretched
     * @param velocity     the drummer's; readVelocity is the network's
     * @param stepMillis   length of a step
     */
    record Hit(int group, double offset, double readOffset, double velocity, double readVelocity, double stepMillis) {
    }

    private final List<Window> windows;
    private final List<Piece> scores;

    HumanizeReadings(List<Take> validation) {
        windows = Window.of(validation, Windowing.CUT);
        scores = validation.stream().map(take -> Quantizer.piece(take.score()).score()).toList();
    }

    int windows() {
        return windows.size();
    }

    /** Has the model, not calibrated, play all windows. */
    List<Hit> of(HumanizeModel model) {
        Humanizer humanizer = model.with(model.members(), model.memory(), Calibration.NONE, Map.of())
                .open(InferenceEngine.VECTOR, 0, true);
        List<Hit> hits = new ArrayList<>();
        Groove played = new Groove();
        for (Window window : windows) {
            Groove truth = window.groove();
            played.clear();
            System.arraycopy(truth.hits, 0, played.hits, 0, Grid.CELLS);
            humanizer.humanize(scores.get(window.take()), window.bar(), 0, played);
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                if (truth.hits[cell] != 0) {
                    hits.add(new Hit(cell / Grid.VOICES % Calibration.GROUPS, truth.offsets[cell], played.offsets[cell],
                            truth.velocities[cell], played.velocities[cell], window.stepMillis()));
                }
            }
        }
        return hits;
    }
}
