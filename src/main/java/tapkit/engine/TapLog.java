package tapkit.engine;

import java.util.Arrays;
import tapkit.grid.Grid;
import tapkit.grid.TapWindow;

/** The taps of the last bars, step by step. Not thread safe; does not allocate. */
final class TapLog {
    /** Bars that are kept: the two of a window, the one that is played, and one in reserve. */
    private static final int BARS = 4;
    private static final long NONE = Long.MIN_VALUE;

    private final long[] bars = new long[BARS];
    private final TapWindow[] taps = new TapWindow[BARS];

    TapLog() {
        Arrays.setAll(taps, i -> new TapWindow());
        clear();
    }

    void clear() {
        Arrays.fill(bars, NONE);
    }

    /** Adds a tap; one of a bar long gone is ignored. */
    void add(long bar, int step, float offset, float velocity) {
        int slot = (int) (bar & (BARS - 1));
        if (bars[slot] > bar) {
            return;
        }
        if (bars[slot] < bar) {
            bars[slot] = bar;
            taps[slot].clear();
        }
        taps[slot].add(step, offset, velocity);
    }

    boolean hasTaps(long bar) {
        return bars[(int) (bar & (BARS - 1))] == bar;
    }

    /**
     * The taps of the bars before a bar. Where the first of two has none (the player has just begun, or paused), the second
     * stands for both, so that the kit answers at once.
     *
     * @param bars of the phrase: 2, or 1 for the last bar twice
     */
    void window(long bar, int bars, TapWindow out) {
        out.clear();
        copy(bars == 2 && hasTaps(bar - 2) ? bar - 2 : bar - 1, out, 0);
        copy(bar - 1, out, Grid.STEPS_PER_BAR);
    }

    /** The taps of a bar and of the one before. */
    void lastTwo(long bar, TapWindow out) {
        out.clear();
        copy(hasTaps(bar - 1) ? bar - 1 : bar, out, 0);
        copy(bar, out, Grid.STEPS_PER_BAR);
    }

    boolean isEmpty() {
        for (long bar : bars) {
            if (bar != NONE) {
                return false;
            }
        }
        return true;
    }

    private void copy(long bar, TapWindow out, int at) {
        if (hasTaps(bar)) {
            TapWindow from = taps[(int) (bar & (BARS - 1))];
            System.arraycopy(from.taps, 0, out.taps, at, Grid.STEPS_PER_BAR);
            System.arraycopy(from.offsets, 0, out.offsets, at, Grid.STEPS_PER_BAR);
            System.arraycopy(from.velocities, 0, out.velocities, at, Grid.STEPS_PER_BAR);
        }
    }
}
