package tapkit.model;

import tapkit.grid.Groove;
import tapkit.grid.Piece;

/** Plays a score: gives the hits of two bars a drummer's timing and dynamics. Not thread safe. */
@FunctionalInterface
public interface Humanizer {
    /**
     * Sets offset and velocity at every hit of two bars; hits stay as they are.
     *
     * @param score  the whole score: hits only, tempo, any context that a model cares for; the same object for all windows of a
     *               performance
     * @param bar    where the two bars begin in it, from 0
     * @param seed   of whatever is left to chance, one for the whole score: the same seed gives the same performance
     * @param groove in: hits, offsets and velocities 0; out: the same hits, performed. Windows that were cut by time lack a hit
     *               of the score that comes before them, so the groove is what counts and the score is context
     */
    void humanize(Piece score, int bar, long seed, Groove groove);
}
