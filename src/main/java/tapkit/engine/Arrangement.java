package tapkit.engine;

import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Voice;

/**
 * What happens to single bars, whatever they play: a fill and the stroke that it lands on, a break, the ending. Not thread safe; does
 * not allocate.
 */
final class Arrangement {
    private static final long NONE = Long.MIN_VALUE;
    private static final int STEPS = Grid.STEPS_PER_BAR;
    private static final int LAST_BEAT = STEPS - Grid.STEPS_PER_BEAT;
    private static final float CRASH = 0.85f;
    private static final float KICK = 0.8f;

    private final FillSource fills;
    private final Groove fill = new Groove();
    private long fillBar = NONE;
    private int fillFrom;
    private long landBar = NONE;
    private long breakBar = NONE;
    private long endBar = NONE;

    Arrangement(FillSource fills) {
        this.fills = fills;
    }

    /** Nothing is planned any more. */
    void clear() {
        fillBar = NONE;
        landBar = NONE;
        breakBar = NONE;
        endBar = NONE;
    }

    /**
     * A fill from the next beat to the bar line; if that leaves no beat, in the whole next bar.
     *
     * @param position from where on nothing is handed over yet, in steps of the bar
     * @param playing  what is played, whose style the fill is to be of; or null
     */
    void fill(long bar, double position, double bpm, Groove playing, long seed) {
        int beat = Math.max(0, (int) Math.ceil(position / Grid.STEPS_PER_BEAT)) * Grid.STEPS_PER_BEAT;
        if (beat <= LAST_BEAT) {
            fillFrom(bar, beat, bpm, playing, seed);
        } else {
            fillFrom(bar + 1, 0, bpm, playing, seed);
        }
    }

    private void fillFrom(long bar, int step, double bpm, Groove playing, long seed) {
        fillBar = bar;
        fillFrom = step;
        landBar = bar + 1;
        fills.draw(seed, bpm, playing, fill);
    }

    /** The next bar stops after its first stroke. */
    void pause(long bar) {
        breakBar = bar + 1;
        landBar = bar + 2;
    }

    /** A fill in the next bar, one last stroke at the line after it. */
    void end(long bar, double bpm, Groove playing, long seed) {
        fillFrom(bar + 1, 0, bpm, playing, seed);
        endBar = bar + 2;
    }

    /** The bar after whose first beat everything stops, if the ending was called for; else a bar that never comes. */
    long endBar() {
        return endBar == NONE ? Long.MAX_VALUE : endBar;
    }

    /** Whether the bar is played otherwise than it was written. */
    boolean changes(long bar) {
        return bar == fillBar || bar == landBar || bar == breakBar || bar >= endBar();
    }

    /** Changes the first bar of a groove into what is played in this bar of the song. */
    void apply(long bar, Groove groove) {
        if (bar == fillBar) {
            for (int step = fillFrom; step < STEPS; step++) {
                clear(groove, step);
                for (int voice = 0; voice < Grid.VOICES; voice++) {
                    int cell = Grid.cell(step, voice);
                    if (fill.hits[cell] != 0) {
                        groove.set(step, voice, fill.offsets[cell], fill.velocities[cell]);
                    }
                }
            }
        }
        if (bar == breakBar || bar >= endBar()) {
            for (int step = bar > endBar() ? 0 : 1; step < STEPS; step++) {
                clear(groove, step);
            }
        }
        if (bar == landBar || bar == breakBar || bar == endBar) {
            groove.set(0, Voice.KICK.ordinal(), 0, KICK);
            groove.set(0, Voice.CRASH.ordinal(), 0, CRASH);
        }
    }

    private static void clear(Groove groove, int step) {
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            groove.remove(step, voice);
        }
    }
}
