package tapkit.data;

import java.util.SplittableRandom;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;

/**
 * Makes the collapsed taps of a drum pattern what real hands would have tapped: fewer, at other places, less exact and struck
 * otherwise. The constants were fitted so that what comes out has the figures that were measured on 938 takes of four drummers who
 * tapped two bars of a pattern with their hands; what of the spread belongs to the take and what to the tap was measured for their
 * number alone. Not thread safe.
 */
public final class HandTaps {
    /** How much more or less than others a take taps: standard deviation of the log-odds. */
    private static final double TAKE_LOG_ODDS = 1.8;
    private static final double ADDED = 0.10;
    private static final double MEAN_MILLIS = 7;
    /** Times Student's t with six degrees of freedom: tails that give both the standard deviation and the median deviation. */
    private static final double SCALE_MILLIS = 30.5;
    private static final double PATTERN_VELOCITY = 0.63;
    private static final double FOLLOWS_PATTERN = 0.40;
    private static final double TAKE_VELOCITY = 0.10;
    private static final double TAP_VELOCITY = 0.17;
    private static final double SOFTEST = 0.04;

    private static final int KICK = 1;
    private static final int SNARE = 1 << 1;
    private static final int CLOSED_HAT = 1 << 2;
    private static final int OPEN_HAT = 1 << 3;
    private static final int TOMS_AND_CRASH = 0xF << 4;
    private static final int RIDE = 1 << 8;
    private static final int HATS = CLOSED_HAT | OPEN_HAT | RIDE;
    /** Log-odds of a tap for each set of voices of a step, for the average take. */
    private static final double[] LOG_ODDS = logOdds();

    private final TapWindow source = new TapWindow();

    /**
     * Disturbs taps in place.
     *
     * @param pattern what was collapsed
     * @param taps    the collapsed pattern at its tempo, at least with its velocities; they are replaced
     * @param seed    the same seed, pattern and taps give the same taps
     */
    public void disturb(Groove pattern, TapWindow taps, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        source.copyFrom(taps);
        taps.clear();
        double eagerness = TAKE_LOG_ODDS * random.nextGaussian();
        double strength = TAKE_VELOCITY * random.nextGaussian();
        double millisPerStep = Grid.stepNanos(taps.bpm) * 1e-6;
        for (int step = 0; step < Grid.STEPS; step++) {
            int voices = voices(pattern, step);
            if (random.nextDouble() >= 1 / (1 + Math.exp(-LOG_ODDS[voices] - eagerness))) {
                continue;
            }
            double millis = MEAN_MILLIS + SCALE_MILLIS * student6(random);
            double position = step + source.offsets[step] + millis / millisPerStep;
            double velocity = meanVelocity(voices) + strength + TAP_VELOCITY * random.nextGaussian();
            if (voices != 0) {
                velocity += FOLLOWS_PATTERN * (source.velocities[step] - PATTERN_VELOCITY);
            }
            long landed = Grid.step(position);
            if (landed >= 0 && landed < Grid.STEPS) {
                taps.add((int) landed, (float) (position - landed), (float) Math.clamp(velocity, SOFTEST, 1));
            }
        }
    }

    private static int voices(Groove pattern, int step) {
        int voices = 0;
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            if (pattern.isHit(step, voice)) {
                voices |= 1 << voice;
            }
        }
        return voices;
    }

    private static double meanVelocity(int voices) {
        if ((voices & SNARE) != 0) {
            return 0.59;
        }
        return (voices & KICK) != 0 ? 0.42 : voices != 0 ? 0.39 : 0.36;
    }

    /** A draw from Student's t with six degrees of freedom: a Gaussian over the root of a mean of six squared ones. */
    private static double student6(SplittableRandom random) {
        // The sum of two squared Gaussians is −2 ln u.
        double sum = -2 * Math.log((1 - random.nextDouble()) * (1 - random.nextDouble()) * (1 - random.nextDouble()));
        return random.nextGaussian() / Math.sqrt(sum / 6);
    }

    private static double[] logOdds() {
        double[] table = new double[1 << Grid.VOICES];
        // Averaged over takes, a logistic curve flattens by about this (logistic-normal approximation).
        double steepen = Math.sqrt(1 + Math.PI / 8 * TAKE_LOG_ODDS * TAKE_LOG_ODDS);
        for (int voices = 0; voices < table.length; voices++) {
            double p = chance(voices);
            table[voices] = steepen * Math.log(p / (1 - p));
        }
        return table;
    }

    /** Chance of a tap before some wander into other steps: a little more than what is measured where they landed. */
    private static double chance(int voices) {
        boolean kick = (voices & KICK) != 0;
        boolean snare = (voices & SNARE) != 0;
        boolean hat = (voices & HATS) != 0;
        if (voices == 0) {
            return ADDED;
        }
        if ((voices & TOMS_AND_CRASH) != 0) {
            return 0.90;
        }
        if (snare) {
            return kick || hat ? 0.985 : 0.88;
        }
        if (kick) {
            return hat ? 0.94 : 0.83;
        }
        return switch (voices) {
            case CLOSED_HAT -> 0.56;
            case RIDE -> 0.53;
            case OPEN_HAT -> 0.62;
            default -> 0.66;
        };
    }
}
