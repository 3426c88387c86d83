package tapkit.engine;

import java.util.Arrays;
import tapkit.grid.Grid;
import tapkit.grid.Groove;

/**
 * The hits of one bar in order of time. A bar owns the positions [−½, 15½) of its steps, so that the plans of neighbouring bars
 * never overlap. A plan may be replaced while it is played: what was taken from it already is not played again. Not thread safe;
 * does not allocate.
 */
final class BarPlan {
    private static final int CELLS = Grid.STEPS_PER_BAR * Grid.VOICES;

    private final double[] positions = new double[CELLS];
    private final int[] cells = new int[CELLS];
    private final int[] velocities = new int[CELLS];
    private final boolean[] taken = new boolean[CELLS];
    private int size;
    private int next;

    /** Begins a new bar, without hits. */
    void begin() {
        drop();
        Arrays.fill(taken, false);
    }

    /** Removes what was not taken yet. */
    void drop() {
        size = 0;
        next = 0;
    }

    /** Replaces what was not taken yet by a half (0 or 1) of a phrase. */
    void fill(Groove phrase, int half) {
        drop();
        int from = half * CELLS;
        for (int cell = 0; cell < CELLS; cell++) {
            if (phrase.hits[from + cell] != 0 && !taken[cell]) {
                insert(position(cell, phrase.offsets[from + cell]), cell, phrase.velocities[from + cell]);
            }
        }
    }

    /** Position of the first hit that {@link #fill} would bring, in steps of the bar; NaN if it would bring none. */
    double firstOf(Groove phrase, int half) {
        int from = half * CELLS;
        double first = Double.NaN;
        for (int cell = 0; cell < CELLS; cell++) {
            if (phrase.hits[from + cell] != 0 && !taken[cell]) {
                double position = position(cell, phrase.offsets[from + cell]);
                first = position >= first ? first : position;
            }
        }
        return first;
    }

    /** Passes over hits before a position, when a bar is entered somewhere in its midst. */
    void skipTo(double position) {
        while (hasNext() && positions[next] < position) {
            take();
        }
    }

    boolean hasNext() {
        return next < size;
    }

    /** Position of the next hit in steps of the bar, in [−½, 15½). */
    double position() {
        return positions[next];
    }

    int voice() {
        return cells[next] % Grid.VOICES;
    }

    /** MIDI velocity of the next hit, 1 to 127. */
    int velocity() {
        return velocities[next];
    }

    /** Goes on to the one after. */
    void take() {
        taken[cells[next++]] = true;
    }

    private void insert(double position, int cell, float velocity) {
        int i = size++;
        while (i > 0 && positions[i - 1] > position) {
            positions[i] = positions[i - 1];
            cells[i] = cells[i - 1];
            velocities[i] = velocities[i - 1];
            i--;
        }
        positions[i] = position;
        cells[i] = cell;
        velocities[i] = Math.clamp(Math.round(velocity * 127), 1, 127);
    }

    private static double position(int cell, float offset) {
        int step = cell / Grid.VOICES;
        return step + (double) offset;
    }
}
