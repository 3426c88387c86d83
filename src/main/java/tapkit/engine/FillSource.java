package tapkit.engine;

import tapkit.grid.Groove;

/** Where fills come from. */
interface FillSource {
    /** Draws a fill of one bar for what is played, two bars or null; does not allocate. */
    void draw(long seed, double bpm, Groove playing, Groove out);
}
