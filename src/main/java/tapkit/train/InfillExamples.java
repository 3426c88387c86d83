package tapkit.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import tapkit.grid.Grid;
import tapkit.grid.Voice;
import tapkit.model.Chunk;

/** Draws chunks to learn from and the voices that are hidden in them. */
final class InfillExamples {
    /** Hidden voices where it is more than one: from here to all but one. */
    private static final int LEAST_HIDDEN = 2;

    private final ChunkSampler sampler;
    private final InfillRecipe.Masks masks;
    private final double velocity;

    InfillExamples(ChunkSampler sampler, InfillRecipe.Masks masks, double velocity) {
        this.sampler = sampler;
        this.masks = masks;
        this.velocity = velocity;
    }

    /** Draws one chunk with its truth, and which voices are not to be heard. */
    void draw(SplittableRandom random, Chunk chunk, boolean[] hidden) {
        sampler.draw(random, chunk);
        float louder = (float) Math.exp(velocity * random.nextGaussian());
        for (int cell = 0; cell < chunk.velocities.length; cell++) {
            chunk.velocities[cell] = Math.min(1, louder * chunk.velocities[cell]);
        }
        Arrays.fill(hidden, false);
        double kind = random.nextDouble();
        if (kind < masks.closedHat()) {
            hidden[Voice.CLOSED_HAT.ordinal()] = true;
        } else if (kind < masks.closedHat() + masks.one()) {
            hidden[random.nextInt(Grid.VOICES)] = true;
        } else {
            int count = random.nextInt(LEAST_HIDDEN, Grid.VOICES);
            while (count > 0) {
                int voice = random.nextInt(Grid.VOICES);
                count -= hidden[voice] ? 0 : 1;
                hidden[voice] = true;
            }
        }
    }
}
