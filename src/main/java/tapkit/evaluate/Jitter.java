package tapkit.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import tapkit.data.Window;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.model.Humanizer;

/** What a sequencer's "humanize" does: Gaussian noise, with mean and standard deviation of all training notes. */
final class Jitter implements Humanizer {
    private final double offsetMean;
    private final double offsetDeviation;
    private final double velocityMean;
    private final double velocityDeviation;

    Jitter(List<Window> training) {
        double n = 0;
        double[] sums = new double[4];
        for (Window window : training) {
            Groove groove = window.groove();
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                n += groove.hits[cell];
                sums[0] += groove.offsets[cell];
                sums[1] += (double) groove.offsets[cell] * groove.offsets[cell];
                sums[2] += groove.velocities[cell];
                sums[3] += (double) groove.velocities[cell] * groove.velocities[cell];
            }
        }
        offsetMean = sums[0] / n;
        offsetDeviation = Math.sqrt(sums[1] / n - offsetMean * offsetMean);
        velocityMean = sums[2] / n;
        velocityDeviation = Math.sqrt(sums[3] / n - velocityMean * velocityMean);
    }

    @Override
    public void humanize(Piece score, int bar, long seed, Groove groove) {
        SplittableRandom random = new SplittableRandom(TapInput.seed(seed, bar));
        Arrays.fill(groove.offsets, 0);
        Arrays.fill(groove.velocities, 0);
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            if (groove.hits[cell] != 0) {
                groove.offsets[cell] = (float) Math.clamp(random.nextGaussian(offsetMean, offsetDeviation), -0.5, 0.499);
                groove.velocities[cell] = (float) Math.clamp(random.nextGaussian(velocityMean, velocityDeviation), 0, 1);
            }
        }
    }
}
