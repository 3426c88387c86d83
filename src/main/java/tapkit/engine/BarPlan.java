package tapkit.engine;

import tapkit.grid.Grid;
import tapkit.grid.Groove;

/**
 * The hits of one bar in order of time. A bar owns the positions [−½, 15½) of its steps, so that the plans of neighbouring bars
 * never overlap. A plan may be replaced while it is played: what {@link StruckCells} has is not played again. Not thread safe; does
 * not allocate.
 */
final class BarPlan {
    private static final int CELLS = Grid.STEPS_PER_BAR * Grid.VOICES;
    private static final double LATEST = 0.4999;

    private final StruckCells struck;
    private final double[] positions = new double[CELLS];
    private final int[] cells = new int[CELLS];
    private final float[] velocities = new float[CELLS];
    private long firstStep;
    private int size;
    private int next;

    BarPlan(StruckCells struck) {
        this.struck = struck;
    }

    /** Begins a new bar, without hits. */
    void begin(long bar) {
        firstStep = bar * Grid.STEPS_PER_BAR;
        drop();
    }

    /** Removes what was not taken yet. */
    void drop() {
        size = 0;
        next = 0;
    }

    /**
     * Replaces what was not taken yet by a half (0 or 1) of a phrase.
     *
     * @param microtiming what offsets are multiplied by
     */
    void fill(Groove phrase, int half, double microtiming) {
        drop();
        int from = half * CELLS;
        for (int cell = 0; cell < CELLS; cell++) {
            if (isOpen(phrase, from, cell)) {
                insert(position(cell, phrase.offsets[from + cell], microtiming), cell, phrase.velocities[from + cell]);
            }
        }
    }

    /** Position of the first hit that {@link #fill} would bring, in steps of the bar; NaN if it would bring none. */
    double firstOf(Groove phrase, int half, double microtiming) {
        int from = half * CELLS;
        double first = Double.NaN;
        for (int cell = 0; cell < CELLS; cell++) {
            if (isOpen(phrase, from, cell)) {
                double position = position(cell, phrase.offsets[from + cell], microtiming);
                first = position >= first ? first : position;
            }
        }
        return first;
    }

    /** Passes over hits before a position, when a bar is entered somewhere in its midst. */
    void skipTo(double position) {
        while (hasNext() && positions[next] < position) {
            struck.pass(step(), voice());
            next++;
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

    /** Velocity of the next hit / 127. */
    float velocity() {
        return velocities[next];
    }

    /** Goes on to the one after. */
    void take() {
        struck.plan(step(), voice());
        next++;
    }

    private long step() {
        return firstStep + cells[next] / Grid.VOICES;
    }

    private boolean isOpen(Groove phrase, int from, int cell) {
        return phrase.hits[from + cell] != 0 && !struck.isDone(firstStep + cell / Grid.VOICES, cell % Grid.VOICES);
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
        velocities[i] = velocity;
    }

    private static double position(int cell, float offset, double microtiming) {
        int step = cell / Grid.VOICES;
        return step + Math.clamp(offset * microtiming, -0.5, LATEST);
    }
}
