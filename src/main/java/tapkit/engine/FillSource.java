package tapkit.engine;

import tapkit.grid.Groove;

/** Where fills come from. */
interface FillSource {
    /** Draws a fill of one bar; does not allocate. */
    void draw(long seed, double bpm, Groove out);
}
