package tapkit.model;

import java.util.List;
import tapkit.grid.Grid;
import tapkit.grid.Groove;

/**
 * Finds grooves whose scores are like a given one: by Hamming distance of the hits, the first of equals. Immutable; a search takes
 * about as many microseconds as there are hundreds of grooves.
 */
public final class ScoreIndex {
    /** How many embeddings the paper's Humanization by Groove Transfer averages. */
    public static final int K = 3;
    private static final int LONGS = (Grid.CELLS + 63) / 64;

    /** The hits of all grooves, a bit for each cell. */
    private final long[] bits;

    public ScoreIndex(List<Groove> grooves) {
        bits = new long[grooves.size() * LONGS];
        for (int i = 0; i < grooves.size(); i++) {
            pack(grooves.get(i), bits, i * LONGS);
        }
    }

    /** Indices of the k nearest grooves, the nearest first; fewer if there aren't as many. */
    public int[] find(Groove score, int k) {
        long[] wanted = new long[LONGS];
        pack(score, wanted, 0);
        int count = Math.min(k, bits.length / LONGS);
        int[] best = new int[count];
        int[] distances = new int[count];
        int found = 0;
        for (int i = 0; i < bits.length / LONGS; i++) {
            int distance = distance(wanted, i * LONGS);
            if (found == count && distance >= distances[count - 1]) {
                continue;
            }
            int at = found < count ? found++ : count - 1;
            while (at > 0 && distances[at - 1] > distance) {
                best[at] = best[at - 1];
                distances[at] = distances[at - 1];
                at--;
            }
            best[at] = i;
            distances[at] = distance;
        }
        return best;
    }

    private int distance(long[] wanted, int at) {
        int distance = 0;
        for (int i = 0; i < LONGS; i++) {
            distance += Long.bitCount(wanted[i] ^ bits[at + i]);
        }
        return distance;
    }

    private static void pack(Groove groove, long[] to, int at) {
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            if (groove.hits[cell] != 0) {
                to[at + cell / 64] |= 1L << cell % 64;
            }
        }
    }
}
