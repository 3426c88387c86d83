package tapkit.evaluate;

import java.util.List;
import tapkit.data.Window;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;

/**
 * The drums of the training window whose taps are nearest by Hamming distance (the first of equals), at the times of the taps
 * that are answered.
 */
public final class NearestTaps implements Drummer {
    private final List<Window> training;
    /** One bit for each step of each training window. */
    private final int[] patterns;

    public NearestTaps(List<Window> training) {
        this.training = training;
        TapWindow taps = new TapWindow();
        patterns = training.stream().mapToInt(window -> {
            taps.collapse(window.groove());
            return pattern(taps);
        }).toArray();
    }

    @Override
    public void answer(TapWindow taps, long seed, Groove out) {
        int wanted = pattern(taps);
        int nearest = 0;
        for (int i = 1; i < patterns.length; i++) {
            if (Integer.bitCount(patterns[i] ^ wanted) < Integer.bitCount(patterns[nearest] ^ wanted)) {
                nearest = i;
            }
        }
        out.copyFrom(training.get(nearest).groove());
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            // Where nobody tapped the offset is 0.
            out.offsets[cell] = out.hits[cell] == 0 ? 0 : taps.offsets[cell / Grid.VOICES];
        }
    }

    private static int pattern(TapWindow taps) {
        int bits = 0;
        for (int step = 0; step < Grid.STEPS; step++) {
            bits |= taps.taps[step] != 0 ? 1 << step : 0;
        }
        return bits;
    }
}
