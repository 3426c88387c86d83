package tapkit.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import tapkit.data.Quantizer;
import tapkit.data.Take;
import tapkit.grid.Grid;
import tapkit.grid.Piece;
import tapkit.model.Chunk;
import tapkit.model.OffsetBins;

/** Draws chunks of performances to learn from, at other tempi and as if time were cut. Not thread safe. */
final class ChunkSampler {
    /** Hits that every bin of the offsets' histogram has from the start. */
    private static final double LEAST_IN_BIN = 5;

    private final HumanizeRecipe.Variation variation;
    private final List<Piece> pieces = new ArrayList<>();
    private final double[] cumulated;

    ChunkSampler(List<Take> takes, HumanizeRecipe.Variation variation) {
        this.variation = variation;
        cumulated = new double[takes.size()];
        double sum = 0;
        for (int i = 0; i < cumulated.length; i++) {
            Piece piece = Quantizer.piece(takes.get(i).score());
            pieces.add(piece);
            int bars = Math.max(1, Quantizer.bars(takes.get(i).score()));
            sum += Math.pow(bars, variation.balance()) * (bars == 1 ? variation.fill() : 1);
            cumulated[i] = sum;
        }
    }

    /** Logarithms of how often a voice's offsets lie in each bin, [voices · bins]. */
    double[] logHistogram(OffsetBins bins) {
        double[] histogram = new double[Grid.VOICES * bins.count()];
        Arrays.fill(histogram, LEAST_IN_BIN);
        for (Piece piece : pieces) {
            for (int cell = 0; cell < piece.hits.length; cell++) {
                if (piece.hits[cell] != 0) {
                    histogram[cell % Grid.VOICES * bins.count() + bins.bin(piece.offsets[cell])]++;
                }
            }
        }
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            int from = voice * bins.count();
            double sum = Arrays.stream(histogram, from, from + bins.count()).sum();
            for (int bin = 0; bin < bins.count(); bin++) {
                histogram[from + bin] = Math.log(histogram[from + bin] / sum);
            }
        }
        return histogram;
    }

    /** Share of steps at which each voice sounds. */
    double[] rates() {
        double[] rates = new double[Grid.VOICES];
        double steps = 0;
        for (Piece piece : pieces) {
            steps += piece.hits.length / (double) Grid.VOICES;
            for (int cell = 0; cell < piece.hits.length; cell++) {
                rates[cell % Grid.VOICES] += piece.hits[cell];
            }
        }
        double all = steps;
        return Arrays.stream(rates).map(hits -> hits / all).toArray();
    }

    /** Draws one chunk with its truth. */
    void draw(SplittableRandom random, Chunk chunk) {
        int found = Arrays.binarySearch(cumulated, random.nextDouble() * cumulated[cumulated.length - 1]);
        Piece piece = pieces.get(Math.min(found < 0 ? -found - 1 : found, cumulated.length - 1));
        int spare = piece.bars() - chunk.bars();
        // A short take lies somewhere in the chunk; of a long one the ends are seen too, with some silence beyond.
        int beyond = chunk.bars() / 3;
        int first = spare <= 0 ? -random.nextInt(1 - spare) : random.nextInt(-beyond, spare + beyond + 1);
        chunk.copyFrom(piece, first);
        if (random.nextDouble() < variation.cut()) {
            int one = random.nextInt(chunk.bars());
            int other = random.nextInt(chunk.bars() - 1);
            cut(chunk, one);
            cut(chunk, other < one ? other : other + 1);
        }
        double tempo = Math.pow(2, variation.tempoOctaves() * random.nextGaussian());
        Arrays.setAll(chunk.stepMillis, bar -> chunk.stepMillis[bar] * tempo);
    }

    private static void cut(Chunk chunk, int bar) {
        chunk.cut[bar] = chunk.inside[bar];
        int from = bar * Grid.STEPS_PER_BAR * Grid.VOICES;
        for (int cell = from; cell < from + Grid.VOICES; cell++) {
            if (chunk.offsets[cell] < 0) {
                remove(chunk, cell);
            }
        }
    }

    /** Takes a hit out: it is neither heard nor learnt. */
    static void remove(Chunk chunk, int cell) {
        chunk.hits[cell] = 0;
        chunk.offsets[cell] = 0;
        chunk.velocities[cell] = 0;
    }
}
