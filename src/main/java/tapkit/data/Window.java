package tapkit.data;

import java.util.ArrayList;
import java.util.List;
import tapkit.grid.Grid;
import tapkit.grid.Groove;

/**
 * Two bars of a take.
 *
 * @param take   index of the take in the list that the windows were made of
 * @param takeId the take's id
 * @param bar    the bar at which the window starts, from 0
 * @param bpm    quarter notes a minute
 * @param groove the drums; not to be changed
 */
public record Window(int take, String takeId, int bar, double bpm, Groove groove) {
    /** All full windows of the takes, a bar apart: bars − 1 of each take, so none of a take of one bar. */
    public static List<Window> of(List<Take> takes, Windowing windowing) {
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < takes.size(); i++) {
            Take take = takes.get(i);
            int count = Quantizer.bars(take.score()) - 1;
            for (int bar = 0; bar < count; bar++) {
                Groove groove = new Groove();
                Quantizer.groove(take.score(), bar, windowing, groove);
                windows.add(new Window(i, take.id(), bar, take.bpm(), groove));
            }
        }
        return windows;
    }

    /** Length of a sixteenth in milliseconds. */
    public double stepMillis() {
        return Grid.stepNanos(bpm) * 1e-6;
    }
}
