package tapkit.train;

import java.util.SplittableRandom;
import tapkit.grid.Grid;
import tapkit.model.Chunk;

/** Takes voices out of chunks, so that scores for smaller kits are known too. */
final class HumanizeExamples {
    private final ChunkSampler sampler;
    private final double share;

    /** @param share of voices that are missing, in the mean over chunks */
    HumanizeExamples(ChunkSampler sampler, double share) {
        this.sampler = sampler;
        this.share = share;
    }

    /** Draws one chunk with its truth. */
    void draw(SplittableRandom random, Chunk chunk) {
        sampler.draw(random, chunk);
        double missing = 2 * share * random.nextDouble();
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            if (random.nextDouble() < missing) {
                for (int cell = voice; cell < chunk.hits.length; cell += Grid.VOICES) {
                    ChunkSampler.remove(chunk, cell);
                }
            }
        }
    }
}
