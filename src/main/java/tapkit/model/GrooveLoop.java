package tapkit.model;

import java.util.SplittableRandom;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;

/** Embeddings of a piece that is played round and round: one for each bar, of that bar and the next, the first after the last. */
final class GrooveLoop {
    private static final int BAR_CELLS = Grid.STEPS_PER_BAR * Grid.VOICES;

    private final float[][] embeddings;

    /** @param temperature of the draw of each embedding, see {@link Seq2SeqNetwork#embed(Groove, double, java.util.random.RandomGenerator, float[])} */
    GrooveLoop(Seq2SeqNetwork network, Piece piece, double temperature, long seed) {
        embeddings = new float[piece.bars()][network.config().latent()];
        SplittableRandom random = new SplittableRandom(seed);
        Groove window = new Groove();
        Groove next = new Groove();
        Groove read = new Groove();
        for (int bar = 0; bar < embeddings.length; bar++) {
            piece.window(bar, window);
            piece.window((bar + 1) % embeddings.length, next);
            System.arraycopy(next.hits, 0, window.hits, BAR_CELLS, BAR_CELLS);
            System.arraycopy(next.offsets, 0, window.offsets, BAR_CELLS, BAR_CELLS);
            System.arraycopy(next.velocities, 0, window.velocities, BAR_CELLS, BAR_CELLS);
            network.config().task().read(window, read);
            network.embed(read, temperature, random, embeddings[bar]);
        }
    }

    int bars() {
        return embeddings.length;
    }

    /** z of a bar and the next, [latent]; bars count on beyond the end. */
    float[] at(int bar) {
        return embeddings[bar % embeddings.length];
    }
}
