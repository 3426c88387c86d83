package tapkit.model;

import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;

/**
 * A whole piece by a model that plays two bars at once. Windows are a bar apart, so that each inner bar is played twice: as the end of
 * one window and as the beginning of the next. From the first to its last step the one fades into the other, so that no bar line is
 * a seam.
 */
public final class Overlap {
    private static final int BAR_CELLS = Grid.STEPS_PER_BAR * Grid.VOICES;

    private Overlap() {
    }

    /** Plays a score: the same hits, with offsets and velocities. */
    public static Piece humanize(Humanizer humanizer, Piece score, long seed) {
        Piece performed = score.score();
        Groove groove = new Groove();
        // Nothing follows the last bar, so no window begins there, unless it is the only one.
        for (int bar = 0; bar < Math.max(1, score.bars() - 1); bar++) {
            score.score().window(bar, groove);
            humanizer.humanize(score, bar, seed, groove);
            for (int i = 0; i < Grid.CELLS && bar * BAR_CELLS + i < performed.hits.length; i++) {
                int cell = bar * BAR_CELLS + i;
                // Of the first bar of a window another one was the end, but not at the very beginning.
                int step = i / Grid.VOICES;
                double share = bar > 0 && i < BAR_CELLS ? (step + 0.5) / Grid.STEPS_PER_BAR : 1;
                performed.offsets[cell] += (float) (share * (groove.offsets[i] - performed.offsets[cell]));
                performed.velocities[cell] += (float) (share * (groove.velocities[i] - performed.velocities[cell]));
            }
        }
        return performed;
    }
}
