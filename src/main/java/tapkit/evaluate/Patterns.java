package tapkit.evaluate;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Voice;

/** The hits of many windows as bits, to ask how near they come to each other. */
final class Patterns {
    private static final int WORDS = (Grid.CELLS + Long.SIZE - 1) / Long.SIZE;

    /** {@link #WORDS} for each window. */
    private final long[] bits;

    Patterns(List<Groove> grooves) {
        this(grooves, Set.of());
    }

    /** Leaves out the hits of some voices. */
    Patterns(List<Groove> grooves, Set<Voice> without) {
        bits = new long[grooves.size() * WORDS];
        for (int i = 0; i < grooves.size(); i++) {
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                if (grooves.get(i).hits[cell] != 0 && !without.contains(Voice.of(cell % Grid.VOICES))) {
                    bits[i * WORDS + cell / Long.SIZE] |= 1L << cell % Long.SIZE;
                }
            }
        }
    }

    int size() {
        return bits.length / WORDS;
    }

    /** For each window the number of hits that it has in common with the only one of {@code other}. */
    int[] common(Patterns other) {
        int[] common = new int[size()];
        for (int i = 0; i < common.length; i++) {
            for (int word = 0; word < WORDS; word++) {
                common[i] += Long.bitCount(bits[i * WORDS + word] & other.bits[word]);
            }
        }
        return common;
    }

    /** For each window the Hamming distance to the only one of {@code other}. */
    int[] distances(Patterns other) {
        int[] distances = new int[size()];
        for (int i = 0; i < distances.length; i++) {
            for (int word = 0; word < WORDS; word++) {
                distances[i] += Long.bitCount(bits[i * WORDS + word] ^ other.bits[word]);
            }
        }
        return distances;
    }

    /** Indices of the {@code k} highest values, the last of equals; in no order. */
    static IntStream lastHighest(int[] values, int k) {
        int n = values.length;
        int[] reversed = new int[n];
        Arrays.setAll(reversed, i -> Grid.CELLS - values[n - 1 - i]);
        return firstLowest(reversed, k).map(i -> n - 1 - i);
    }

    /** Indices of the {@code k} lowest values, which are from 0 to the number of cells, the first of equals; in no order. */
    static IntStream firstLowest(int[] values, int k) {
        int[] histogram = new int[Grid.CELLS + 1];
        for (int value : values) {
            histogram[value]++;
        }
        int limit = 0;
        int below = 0; // how many are lower than the limit
        while (limit < Grid.CELLS && below + histogram[limit] < k) {
            below += histogram[limit++];
        }
        IntStream.Builder chosen = IntStream.builder();
        int room = k - below;
        for (int i = 0; i < values.length; i++) {
            if (values[i] < limit || (values[i] == limit && room-- > 0)) {
                chosen.add(i);
            }
        }
        return chosen.build();
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
