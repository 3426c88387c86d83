package tapkit.evaluate;

import java.util.List;
import java.util.Set;
import tapkit.data.Window;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.grid.Voice;
import tapkit.model.Infiller;

/** The trivial part: every wanted voice on every eighth, played as it is there on average. */
final class Eighths implements Infiller {
    private final UsualPlaces usual;

    Eighths(List<Window> training) {
        usual = new UsualPlaces(training);
    }

    @Override
    public void infill(Piece rest, int bar, Set<Voice> wanted, long seed, Groove groove) {
        for (Voice voice : wanted) {
            for (int step = 0; step < Grid.STEPS; step += 2) {
                usual.set(groove, step, voice.ordinal());
            }
        }
    }
}
