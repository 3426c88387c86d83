package tapkit.evaluate;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tapkit.grid.Grid;
import tapkit.grid.Groove;

/** The hits of many windows as bits, to ask how near they come to each other. */
final class Patterns {
    private static final int WORDS = (Grid.CELLS + Long.SIZE - 1) / Long.SIZE;

    /** {@link #WORDS} for each window. */
    private final long[] bits;

    Patterns(List<Groove> grooves) {
        bits = new long[grooves.size() * WORDS];
        for (int i = 0; i < grooves.size(); i++) {
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                if (grooves.get(i).hits[cell] != 0) {
                    bits[i * WORDS + cell / Long.SIZE] |= 1L << cell % Long.SIZE;
                }
            }
        }
    }

    int size() {
        return bits.length / WORDS;
    }

    /** For each window the Hamming distance to the nearest one of {@code others}. */
    double[] distancesTo(Patterns others) {
        double[] distances = new double[size()];
        for (int i = 0; i < distances.length; i++) {
            int at = i * WORDS;
            int nearest = Integer.MAX_VALUE;
            for (int other = 0; other < others.bits.length && nearest > 0; other += WORDS) {
                int distance = 0;
                for (int word = 0; word < WORDS; word++) {
                    distance += Long.bitCount(bits[at + word] ^ others.bits[other + word]);
                }
                nearest = Math.min(nearest, distance);
            }
            distances[i] = nearest;
        }
        return distances;
    }

    /** Share of different patterns among all. */
    double distinct() {
        Set<List<Long>> seen = new HashSet<>();
        for (int at = 0; at < bits.length; at += WORDS) {
            seen.add(List.of(bits[at], bits[at + 1], bits[at + 2], bits[at + 3], bits[at + 4]));
        }
        return seen.size() / (double) size();
    }
}
