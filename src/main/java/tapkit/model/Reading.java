package tapkit.model;

import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;

/**
 * Another reading of the same groove, as a drummer plays a bar again: hands that drift in time and strength, a ghost note more, a soft
 * stroke less. What is loud and what was tapped stays. A function of the seed, so that a reading can be had again. Not thread safe;
 * does not allocate.
 */
public final class Reading {
    /** Spread at variation 1: of the log-odds of a hit, of microtiming in milliseconds, of velocity. */
    private static final double ODDS = 1.2;
    private static final double MILLIS = 12;
    private static final double VELOCITY = 0.10;
    /** A hit from here on is of the groove's bones, and never left out. */
    private static final float BONE = 0.55f;
    /** The loudest that an added note is. */
    private static final float GHOST = 0.4f;
    private static final float SOFTEST = 1 / 127f;
    /** Keep the streams of draws apart. */
    private static final long DYNAMICS = 0x5DEECE66DL;
    private static final long CHOICE = 0x2545F4914F6CDD1DL;
    /** How readily a voice is added or left out: a kick more is another groove, a hat more is life. */
    private static final float[] LIVELY = {0.3f, 1, 1, 0.5f, 0.3f, 0.3f, 0.3f, 0.15f, 0.8f};

    private final Prediction jittered = new Prediction();
    private final Groove again = new Groove();

    /**
     * Changes drums that were decoded into another reading of them.
     *
     * @param temperature as they were decoded
     * @param drawSeed    as they were decoded
     * @param variation   above 0, up to 1
     * @param seed        of this reading
     */
    public void read(Decoder decoder, TapWindow taps, Prediction said, double temperature, long drawSeed, double variation,
            long seed, Groove drums) {
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            int step = cell / Grid.VOICES;
            int voice = cell % Grid.VOICES;
            double jitter = variation * ODDS * LIVELY[voice] * Drift.at(seed ^ CHOICE, step, voice);
            jittered.probabilities[cell] = (float) (1 / (1 + Math.exp(-Decoder.logOdds(said.probabilities[cell]) - jitter)));
            jittered.velocities[cell] = said.velocities[cell];
            jittered.offsets[cell] = said.offsets[cell];
        }
        decoder.decode(taps, jittered, temperature, drawSeed, again);
        double stepMillis = Grid.stepNanos(taps.bpm) * 1e-6;
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            int step = cell / Grid.VOICES;
            int voice = cell % Grid.VOICES;
            boolean was = drums.hits[cell] != 0;
            boolean is = again.hits[cell] != 0;
            if (is && !was && taps.taps[step] == 0) {
                drums.set(step, voice, again.offsets[cell], Math.min(GHOST, again.velocities[cell]));
            } else if (was && !is && taps.taps[step] == 0 && drums.velocities[cell] < BONE) {
                drums.remove(step, voice);
            }
            if (drums.hits[cell] != 0) {
                double late = variation * MILLIS / stepMillis * Drift.at(seed, step, voice);
                double louder = variation * VELOCITY * Drift.at(seed ^ DYNAMICS, step, voice);
                drums.offsets[cell] = (float) Math.clamp(drums.offsets[cell] + late, -0.5, 0.4999);
                drums.velocities[cell] = (float) Math.clamp(drums.velocities[cell] * (1 + louder / 0.5), SOFTEST, 1);
            }
        }
    }
}
