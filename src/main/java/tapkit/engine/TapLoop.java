package tapkit.engine;

import java.util.Arrays;
import tapkit.grid.Grid;
import tapkit.grid.TapWindow;

/**
 * Taps of a loop of 1 to 8 bars, one a step, each with the pass in which it was struck. Not thread safe; does not allocate.
 */
final class TapLoop {
    static final int MOST_BARS = 8;
    private static final int MOST_STEPS = MOST_BARS * Grid.STEPS_PER_BAR;

    private final boolean[] tapped = new boolean[MOST_STEPS];
    /** Microtiming in steps, [−0.5, 0.5). */
    private final float[] offsets = new float[MOST_STEPS];
    private final float[] velocities = new float[MOST_STEPS];
    private final long[] passes = new long[MOST_STEPS];
    /** In which order they were struck. */
    private final long[] numbers = new long[MOST_STEPS];
    private int bars = Grid.BARS;
    private long struck;

    int bars() {
        return bars;
    }

    int steps() {
        return bars * Grid.STEPS_PER_BAR;
    }

    boolean isEmpty() {
        return count() == 0;
    }

    int count() {
        int n = 0;
        for (int step = 0; step < steps(); step++) {
            n += tapped[step] ? 1 : 0;
        }
        return n;
    }

    /** Forgets every tap, and has another length. */
    void reset(int newBars) {
        Arrays.fill(tapped, false);
        bars = newBars;
    }

    /** Another length: what is beyond it is forgotten, a longer loop is filled with what is there, round and round. */
    void resize(int newBars) {
        for (int step = steps(); step < newBars * Grid.STEPS_PER_BAR; step++) {
            copyStep(step % steps(), step);
        }
        for (int step = newBars * Grid.STEPS_PER_BAR; step < MOST_STEPS; step++) {
            tapped[step] = false;
        }
        bars = newBars;
    }

    /** Adds a tap. One of an earlier pass in its place goes; of one pass the loudest stays. */
    void add(int step, float offset, float velocity, long pass) {
        if (!tapped[step] || passes[step] != pass || velocity > velocities[step]) {
            tapped[step] = true;
            offsets[step] = offset;
            velocities[step] = velocity;
            passes[step] = pass;
            numbers[step] = struck++;
        }
    }

    /** Forgets taps that were struck more than so many passes before this one. */
    void forget(long pass, long memory) {
        for (int step = 0; step < steps(); step++) {
            tapped[step] &= pass - passes[step] <= memory;
        }
    }

    /** Forgets the tap that was struck first, of those of passes before this one. */
    void giveWay(long pass) {
        int oldest = -1;
        for (int step = 0; step < steps(); step++) {
            if (tapped[step] && passes[step] < pass && (oldest < 0 || numbers[step] < numbers[oldest])) {
                oldest = step;
            }
        }
        if (oldest >= 0) {
            tapped[oldest] = false;
        }
    }

    /** Makes every tap as young as those of a pass. */
    void refresh(long pass) {
        Arrays.fill(passes, pass);
    }

    /** Whether there is a tap at a step. */
    boolean isTapped(int step) {
        return tapped[step];
    }

    /** Takes two bars of taps for its own, as struck in a pass. */
    void set(TapWindow taps, int newBars, long pass) {
        reset(newBars);
        for (int step = 0; step < Math.min(Grid.STEPS, steps()); step++) {
            if (taps.taps[step] != 0) {
                add(step, taps.offsets[step], taps.velocities[step], pass);
            }
        }
    }

    /**
     * Two bars of the loop as it sounds.
     *
     * @param bar    of the song, counted from where the loop begins
     * @param speed  1 as it was tapped, 0.5 twice as long, 2 twice as fast
     * @param mirror whether, where one of both has no taps, the other stands for it, so that a kit that has heard one bar plays on
     */
    void window(long bar, double speed, boolean mirror, TapWindow out) {
        out.clear();
        int first = (int) Math.floorMod((long) (bar * Grid.STEPS_PER_BAR * speed), (long) steps());
        for (int i = 0; i < (int) (Grid.STEPS * speed); i++) {
            int step = (first + i) % steps();
            if (tapped[step]) {
                double position = (i + offsets[step]) / speed;
                long to = Grid.step(position);
                if (to >= 0 && to < Grid.STEPS) {
                    out.add((int) to, (float) (position - to), velocities[step]);
                }
            }
        }
        if (mirror) {
            mirror(out, 0, Grid.STEPS_PER_BAR);
            mirror(out, Grid.STEPS_PER_BAR, 0);
        }
    }

    private static void mirror(TapWindow out, int to, int from) {
        for (int step = 0; step < Grid.STEPS_PER_BAR; step++) {
            if (out.taps[to + step] != 0) {
                return;
            }
        }
        System.arraycopy(out.taps, from, out.taps, to, Grid.STEPS_PER_BAR);
        System.arraycopy(out.offsets, from, out.offsets, to, Grid.STEPS_PER_BAR);
        System.arraycopy(out.velocities, from, out.velocities, to, Grid.STEPS_PER_BAR);
    }

    void copyFrom(TapLoop other) {
        System.arraycopy(other.tapped, 0, tapped, 0, MOST_STEPS);
        System.arraycopy(other.offsets, 0, offsets, 0, MOST_STEPS);
        System.arraycopy(other.velocities, 0, velocities, 0, MOST_STEPS);
        System.arraycopy(other.passes, 0, passes, 0, MOST_STEPS);
        System.arraycopy(other.numbers, 0, numbers, 0, MOST_STEPS);
        bars = other.bars;
        struck = other.struck;
    }

    private void copyStep(int from, int to) {
        tapped[to] = tapped[from];
        offsets[to] = offsets[from];
        velocities[to] = velocities[from];
        passes[to] = passes[from];
        numbers[to] = numbers[from];
    }
}
