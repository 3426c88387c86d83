package tapkit.grid;

/**
 * The grid of the paper (section 3): a step is one sixteenth, a bar is 16 steps of 4/4, a window is two bars. Positions are
 * counted in steps, as fractions; every position belongs to its nearest step, and what is left is the offset
 * (microtiming) in [−0.5, 0.5) of a step, <b>positive = late</b>.
 */
public final class Grid {
    /** Steps in a beat (a quarter note). */
    public static final int STEPS_PER_BEAT = 4;
    /** Steps in a bar of 4/4. */
    public static final int STEPS_PER_BAR = 16;
    /** Bars in a window. */
    public static final int BARS = 2;
    /** T of the paper: steps in a window. */
    public static final int STEPS = BARS * STEPS_PER_BAR;
    /** M of the paper: drum voices, see {@link Voice}. */
    public static final int VOICES = 9;
    /** Cells of one window's matrix; the cell of (step, voice) has the index {@code step * VOICES + voice}. */
    public static final int CELLS = STEPS * VOICES;

    private Grid() {
    }

    /** The nearest step: floor(position + ½). */
    public static long step(double position) {
        return (long) Math.floor(position + 0.5);
    }

    /** What is left of a position after its nearest step, in [−0.5, 0.5) of a step; positive = late. */
    public static double offset(double position) {
        return position - step(position);
    }

    /** Index of a cell in a matrix of {@link #CELLS} elements. */
    public static int cell(int step, int voice) {
        return step * VOICES + voice;
    }

    /** Length of one step in nanoseconds. */
    public static double stepNanos(double bpm) {
        return 60e9 / (bpm * STEPS_PER_BEAT);
    }
}
