package tapkit.evaluate;

import tapkit.grid.Groove;
import tapkit.grid.TapWindow;

/** Whoever answers two bars of taps with two bars of drums. Not thread safe. */
@FunctionalInterface
public interface Drummer {
    /** Fills {@code out}; the same taps and seed give the same drums. */
    void answer(TapWindow taps, long seed, Groove out);
}
