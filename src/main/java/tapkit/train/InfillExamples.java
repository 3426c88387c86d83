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
    private static final float FLAT_VELOCITY = 0.5f;

    private final ChunkSampler sampler;
    private final InfillRecipe.Masks masks;
    private final InfillRecipe.Noise noise;

    InfillExamples(ChunkSampler sampler, InfillRecipe.Masks masks, InfillRecipe.Noise noise) {
        this.sampler = sampler;
        this.masks = masks;
        this.noise = noise;
    }

    /** Draws one chunk with its truth, and which voices are not to be heard. */
    void draw(SplittableRandom random, Chunk chunk, boolean[] hidden) {
        sampler.draw(random, chunk);
        float louder = (float) Math.exp(noise.loudness() * random.nextGaussian());
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
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            if (!hidden[voice]) {
                blur(random, chunk, voice);
            }
        }
    }

    /** Only what is heard: the truth of hidden voices stays as it is. */
    private void blur(SplittableRandom random, Chunk chunk, int voice) {
        boolean flat = random.nextDouble() < noise.flat();
        for (int step = 0; step < chunk.steps(); step++) {
            int cell = Grid.cell(step, voice);
            if (chunk.hits[cell] != 0 && flat) {
                chunk.offsets[cell] = 0;
                chunk.velocities[cell] = FLAT_VELOCITY;
            } else if (chunk.hits[cell] != 0) {
                chunk.offsets[cell] += (float) (noise.offset() * random.nextGaussian());
                chunk.offsets[cell] = Math.clamp(chunk.offsets[cell], -0.5f, 0.4999f);
                chunk.velocities[cell] += (float) (noise.velocity() * random.nextGaussian());
                chunk.velocities[cell] = Math.clamp(chunk.velocities[cell], 0, 1);
            }
        }
    }
}
