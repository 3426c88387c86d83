package tapkit.engine;

import tapkit.grid.Grid;
import tapkit.grid.Groove;

/** The two bars of drums that are played now. Not thread safe; does not allocate. */
final class Phrase {
    private final Groove groove = new Groove();
    private boolean known;
    /** A bar in which its first half plays. */
    private long bar;

    /** Nothing is played. */
    void drop() {
        known = false;
    }

    void take(Answer given) {
        groove.copyFrom(given.groove);
        bar = given.bar - given.half;
        known = true;
    }

    /** Starts over from a bar; at the beginning of the song nothing is played. */
    void jump(long to, boolean anew) {
        bar = Math.max(0, to);
        known &= !anew;
    }

    /** Whether anything is played. */
    boolean isKnown() {
        return known;
    }

    /** The drums, or null for none. */
    Groove grooveOrNull() {
        return known ? groove : null;
    }

    /** Which half plays in a bar. */
    int half(long of) {
        return (int) Math.floorMod(of - bar, 2L);
    }

    /** The first cell of a step of the song. */
    int cell(long step) {
        return Grid.cell((int) Math.floorMod(step - bar * Grid.STEPS_PER_BAR, (long) Grid.STEPS), 0);
    }
}
