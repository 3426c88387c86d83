package tapkit.grid;

import java.util.Arrays;
import java.util.Set;

/**
 * A whole performance on the grid, of any number of bars, as the paper's three matrices with one row of {@link Grid#VOICES} for
 * each step: H hits (0 or 1), O offsets in [−0.5, 0.5) of a step (positive = late), V velocities in [0, 1]. Every onset is in the
 * bar of its nearest step, none is dropped. O and V are 0 where H is 0, and where they are withheld. Filled once, then shared and
 * not to be changed.
 */
public final class Piece {
    private static final int BAR_CELLS = Grid.STEPS_PER_BAR * Grid.VOICES;

    /** H: 1 where a voice sounds, else 0. */
    public final float[] hits;
    /** O: microtiming in steps, positive = late. */
    public final float[] offsets;
    /** V: MIDI velocity / 127. */
    public final float[] velocities;

    private final double[] bpm;

    /** Silence, of as many bars as there are tempi (quarter notes a minute, one for each bar; at least one). */
    public Piece(double... bpm) {
        if (bpm.length == 0) {
            throw new IllegalArgumentException("a piece has at least one bar");
        }
        this.bpm = bpm.clone();
        hits = new float[bpm.length * BAR_CELLS];
        offsets = new float[hits.length];
        velocities = new float[hits.length];
    }

    public int bars() {
        return bpm.length;
    }

    /** Tempo at the start of a bar; before the first and after the last it is theirs. */
    public double bpm(int bar) {
        return bpm[Math.clamp(bar, 0, bpm.length - 1)];
    }

    /** Adds an onset: of several in one cell the loudest stays, the first of equals. Call in order of time. */
    public void add(int step, int voice, float offset, float velocity) {
        int cell = Grid.cell(step, voice);
        if (hits[cell] == 0 || velocity > velocities[cell]) {
            hits[cell] = 1;
            offsets[cell] = offset;
            velocities[cell] = velocity;
        }
    }

    /** Fills {@code out} with the two bars from a bar on, which may lie beyond either end, where there is silence. */
    public void window(int bar, Groove out) {
        out.clear();
        int from = Math.max(0, bar * BAR_CELLS);
        int to = Math.min(hits.length, bar * BAR_CELLS + Grid.CELLS);
        if (from < to) {
            int at = from - bar * BAR_CELLS;
            System.arraycopy(hits, from, out.hits, at, to - from);
            System.arraycopy(offsets, from, out.offsets, at, to - from);
            System.arraycopy(velocities, from, out.velocities, at, to - from);
        }
    }

    /** The same hits without microtiming and velocity: what Humanization may know. */
    public Piece score() {
        Piece score = new Piece(bpm);
        System.arraycopy(hits, 0, score.hits, 0, hits.length);
        return score;
    }

    /** The same without some voices: what Infilling may know. */
    public Piece without(Set<Voice> voices) {
        Piece rest = new Piece(bpm);
        boolean[] gone = new boolean[Grid.VOICES];
        voices.forEach(voice -> gone[voice.ordinal()] = true);
        for (int cell = 0; cell < hits.length; cell++) {
            if (!gone[cell % Grid.VOICES]) {
                rest.hits[cell] = hits[cell];
                rest.offsets[cell] = offsets[cell];
                rest.velocities[cell] = velocities[cell];
            }
        }
        return rest;
    }

    @Override
    public String toString() {
        return bars() + " bars, bpm " + Arrays.stream(bpm).distinct().boxed().toList();
    }
}
