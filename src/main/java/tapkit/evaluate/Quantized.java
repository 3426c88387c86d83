package tapkit.evaluate;

import java.util.Arrays;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.model.Humanizer;

/** No microtiming, and one velocity for all: what a sequencer plays. */
final class Quantized implements Humanizer {
    private static final float VELOCITY = 0.5f;

    @Override
    public void humanize(Piece score, int bar, long seed, Groove groove) {
        Arrays.fill(groove.offsets, 0);
        for (int cell = 0; cell < groove.hits.length; cell++) {
            groove.velocities[cell] = groove.hits[cell] * VELOCITY;
        }
    }
}
