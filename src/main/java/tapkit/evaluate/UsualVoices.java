package tapkit.evaluate;

import java.util.List;
import tapkit.data.Window;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;

/**
 * The trivial answer: at each tap the voices that sound in at least 30 % of the training data's active steps at that position of
 * the bar, as loud as they are there on average, at the tap's own time.
 */
public final class UsualVoices implements Drummer {
    private static final double THRESHOLD = 0.30;

    /** Share of active steps in which a voice sounds, [step in bar][voice]; see {@link Grid#cell}. */
    private final double[] share = new double[Grid.STEPS_PER_BAR * Grid.VOICES];
    private final double[] velocity = new double[Grid.STEPS_PER_BAR * Grid.VOICES];

    public UsualVoices(List<Window> training) {
        double[] active = new double[Grid.STEPS_PER_BAR];
        TapWindow taps = new TapWindow();
        for (Window window : training) {
            taps.collapse(window.groove());
            for (int step = 0; step < Grid.STEPS; step++) {
                active[step % Grid.STEPS_PER_BAR] += taps.taps[step];
            }
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                share[cell % share.length] += window.groove().hits[cell];
                velocity[cell % share.length] += window.groove().velocities[cell];
            }
        }
        for (int cell = 0; cell < share.length; cell++) {
            velocity[cell] /= Math.max(1, share[cell]);
            share[cell] /= Math.max(1, active[cell / Grid.VOICES]);
        }
    }

    @Override
    public void answer(TapWindow taps, long seed, Groove out) {
        out.clear();
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            int step = cell / Grid.VOICES;
            if (taps.taps[step] != 0 && share[cell % share.length] >= THRESHOLD) {
                out.set(step, cell % Grid.VOICES, taps.offsets[step], (float) velocity[cell % share.length]);
            }
        }
    }
}
