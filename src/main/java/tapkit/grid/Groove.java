package tapkit.grid;

import java.util.Arrays;

/**
 * Two bars of drums as the paper's three matrices, each {@link Grid#STEPS} × {@link Grid#VOICES}, row by row: H hits (0 or 1),
 * O offsets in [−0.5, 0.5) of a step (positive = late), V velocities in [0, 1]. O and V are 0 where H is 0. Mutable and
 * reused; not thread safe.
 */
public final class Groove {
    /** H: 1 where a voice sounds, else 0. */
    public final float[] hits = new float[Grid.CELLS];
    /** O: microtiming in steps, positive = late. */
    public final float[] offsets = new float[Grid.CELLS];
    /** V: MIDI velocity / 127. */
    public final float[] velocities = new float[Grid.CELLS];

    /** Removes every hit. */
    public void clear() {
        Arrays.fill(hits, 0);
        Arrays.fill(offsets, 0);
        Arrays.fill(velocities, 0);
    }

    /** Sets the hit of a cell, whatever was there. */
    public void set(int step, int voice, float offset, float velocity) {
        int cell = Grid.cell(step, voice);
        hits[cell] = 1;
        offsets[cell] = offset;
        velocities[cell] = velocity;
    }

    /** Takes the hit of a cell out, if there is one. */
    public void remove(int step, int voice) {
        int cell = Grid.cell(step, voice);
        hits[cell] = 0;
        offsets[cell] = 0;
        velocities[cell] = 0;
    }

    /** Adds an onset: of several in one cell the loudest stays, the first of equals. Call in order of time. */
    public void add(int step, int voice, float offset, float velocity) {
        int cell = Grid.cell(step, voice);
        if (hits[cell] == 0 || velocity > velocities[cell]) {
            set(step, voice, offset, velocity);
        }
    }

    public boolean isHit(int step, int voice) {
        return hits[Grid.cell(step, voice)] != 0;
    }

    /** Number of hits in both bars. */
    public int hitCount() {
        int n = 0;
        for (float h : hits) {
            n += h != 0 ? 1 : 0;
        }
        return n;
    }

    /** Makes the first bar another groove's bar, 0 or 1. */
    public void copyBar(Groove other, int bar) {
        int cells = Grid.CELLS / Grid.BARS;
        System.arraycopy(other.hits, bar * cells, hits, 0, cells);
        System.arraycopy(other.offsets, bar * cells, offsets, 0, cells);
        System.arraycopy(other.velocities, bar * cells, velocities, 0, cells);
    }

    public void copyFrom(Groove other) {
        System.arraycopy(other.hits, 0, hits, 0, Grid.CELLS);
        System.arraycopy(other.offsets, 0, offsets, 0, Grid.CELLS);
        System.arraycopy(other.velocities, 0, velocities, 0, Grid.CELLS);
    }
}
