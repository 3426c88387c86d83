package tapkit.model;

import java.util.Set;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.grid.Voice;

/** Adds the parts of missing voices to two bars of drums. Not thread safe. */
@FunctionalInterface
public interface Infiller {
    /**
     * Sets hits, offsets and velocities of the wanted voices; the others stay as they are.
     *
     * @param rest   the whole performance without the wanted voices, as context; the same object for all windows of it
     * @param bar    where the two bars begin in it, from 0
     * @param wanted the voices to fill in, at least one
     * @param seed   of whatever is left to chance, one for the whole performance
     * @param groove in: the other voices with offsets and velocities, the wanted ones silent; out: the wanted ones too
     */
    void infill(Piece rest, int bar, Set<Voice> wanted, long seed, Groove groove);
}
