package tapkit.model;

import java.util.Arrays;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;

/**
 * Some bars of a performance as a network hears them: the paper's three matrices, [bars · 16, 9] each, and for each bar what is
 * known about it. Mutable and reused; not thread safe.
 */
public final class Chunk {
    private static final int BAR_CELLS = Grid.STEPS_PER_BAR * Grid.VOICES;

    /** H: 1 where a voice sounds, else 0. */
    public final float[] hits;
    /** O: microtiming in steps, positive = late. */
    public final float[] offsets;
    /** V: MIDI velocity / 127. */
    public final float[] velocities;
    /** Whether the bar belongs to the performance; before and after it there is silence. */
    public final boolean[] inside;
    /** Whether time was cut at the bar's beginning, so that early hits of its first step are missing. */
    public final boolean[] cut;
    /** Length of a step in milliseconds. */
    public final double[] stepMillis;

    /** Silence outside of any performance. */
    public Chunk(int bars) {
        hits = new float[bars * BAR_CELLS];
        offsets = new float[hits.length];
        velocities = new float[hits.length];
        inside = new boolean[bars];
        cut = new boolean[bars];
        stepMillis = new double[bars];
    }

    public int bars() {
        return inside.length;
    }

    public int steps() {
        return inside.length * Grid.STEPS_PER_BAR;
    }

    /** Fills all bars from those of a piece, of which the first may lie before its beginning, the last after its end. */
    public void copyFrom(Piece piece, int firstBar) {
        Arrays.fill(hits, 0);
        Arrays.fill(offsets, 0);
        Arrays.fill(velocities, 0);
        Arrays.fill(cut, false);
        for (int bar = 0; bar < inside.length; bar++) {
            int source = firstBar + bar;
            inside[bar] = source >= 0 && source < piece.bars();
            stepMillis[bar] = Grid.stepNanos(piece.bpm(source)) * 1e-6;
            if (inside[bar]) {
                System.arraycopy(piece.hits, source * BAR_CELLS, hits, bar * BAR_CELLS, BAR_CELLS);
                System.arraycopy(piece.offsets, source * BAR_CELLS, offsets, bar * BAR_CELLS, BAR_CELLS);
                System.arraycopy(piece.velocities, source * BAR_CELLS, velocities, bar * BAR_CELLS, BAR_CELLS);
            }
        }
    }

    /** Replaces two bars. */
    public void set(int bar, Groove groove) {
        System.arraycopy(groove.hits, 0, hits, bar * BAR_CELLS, Grid.CELLS);
        System.arraycopy(groove.offsets, 0, offsets, bar * BAR_CELLS, Grid.CELLS);
        System.arraycopy(groove.velocities, 0, velocities, bar * BAR_CELLS, Grid.CELLS);
    }
}
