package tapkit.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import tapkit.data.Quantizer;
import tapkit.data.Take;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.grid.Voice;
import tapkit.model.InferenceEngine;
import tapkit.model.InfillModel;
import tapkit.model.LstmInfiller;

/** Hides a voice in every window of the validation split, and finds the constants with which its answers are best. */
final class InfillTuning {
    private static final int GROUPS = 4;
    private static final double STRETCH_STEP = 0.02;
    private static final int STRETCHES = 75;

    /** What a model says about one cell, and what the drummer did. */
    private record Cell(int step, float probability, float velocity, float truth) {
    }

    /**
     * Constants of one voice, and what they reach.
     *
     * @param hits made for each one of the drummers
     */
    record Found(double threshold, double velocity, double velocitySpread, double velocityError, double f1, double hits,
            double velocityKl) {
    }

    private final List<Window> windows;
    private final List<Piece> pieces;
    private final double hitsLimit;
    private final double velocityKl;

    InfillTuning(List<Take> validation, double hitsLimit, double velocityKl) {
        windows = Window.of(validation, Windowing.CUT);
        pieces = validation.stream().map(take -> Quantizer.piece(take.score())).toList();
        this.hitsLimit = hitsLimit;
        this.velocityKl = velocityKl;
    }

    int windows() {
        return windows.size();
    }

    /** The best constants for one voice. */
    Found search(InfillModel model, Voice voice) {
        List<Cell> cells = cells(model, voice);
        cells.sort(Comparator.comparingDouble(Cell::probability).reversed());
        long truths = cells.stream().filter(cell -> cell.truth > 0).count();
        int best = Math.clamp(truths, 1, cells.size() - 1);
        double bestF1 = -1;
        long both = 0;
        for (int made = 1; made < cells.size(); made++) {
            both += cells.get(made - 1).truth > 0 ? 1 : 0;
            double f1 = 2.0 * both / (made + truths);
            if (Math.abs(made - (double) truths) <= hitsLimit * truths && f1 > bestF1) {
                best = made;
                bestF1 = f1;
            }
        }
        double threshold = Math.clamp((cells.get(best - 1).probability + (double) cells.get(best).probability) / 2, 1e-6,
                1 - 1e-6);
        List<Cell> made = cells.subList(0, best);
        double center = made.stream().mapToDouble(Cell::velocity).average().orElse(0.5);
        double error = Math.sqrt(made.stream().filter(cell -> cell.truth > 0)
                .mapToDouble(cell -> (cell.velocity - cell.truth) * (cell.velocity - cell.truth)).average().orElse(0));
        double spread = 1;
        double divergence = divergence(cells, made, center, 1);
        for (int i = 1; i < STRETCHES && divergence > velocityKl; i++) {
            double stretched = divergence(cells, made, center, 1 + i * STRETCH_STEP);
            if (stretched < divergence) {
                divergence = stretched;
                spread = 1 + i * STRETCH_STEP;
            }
        }
        return new Found(threshold, center, spread, error, bestF1, best / Math.max(1.0, (double) truths), divergence);
    }

    private List<Cell> cells(InfillModel model, Voice voice) {
        LstmInfiller infiller = model.open(InferenceEngine.VECTOR, 0, true);
        List<Piece> rests = pieces.stream().map(piece -> piece.without(Set.of(voice))).toList();
        List<Cell> cells = new ArrayList<>();
        Groove rest = new Groove();
        float[] probability = new float[Grid.STEPS];
        float[] offset = new float[Grid.STEPS];
        float[] velocity = new float[Grid.STEPS];
        for (Window window : windows) {
            rest.copyFrom(window.groove());
            for (int step = 0; step < Grid.STEPS; step++) {
                int cell = Grid.cell(step, voice.ordinal());
                rest.hits[cell] = 0;
                rest.offsets[cell] = 0;
                rest.velocities[cell] = 0;
            }
            infiller.read(rests.get(window.take()), window.bar(), voice, rest, probability, offset, velocity);
            for (int step = 0; step < Grid.STEPS; step++) {
                int cell = Grid.cell(step, voice.ordinal());
                float truth = window.groove().hits[cell] != 0 ? Math.max(window.groove().velocities[cell], 1e-3f) : 0;
                cells.add(new Cell(step, probability[step], velocity[step], truth));
            }
        }
        return cells;
    }

    /** Mean KL(drummers ‖ answers) of the velocities' Gaussians by step of the beat, where both have some. */
    private static double divergence(List<Cell> truths, List<Cell> made, double center, double stretch) {
        double sum = 0;
        int groups = 0;
        for (int group = 0; group < GROUPS; group++) {
            int g = group;
            double[] real = truths.stream().filter(cell -> cell.truth > 0 && cell.step % GROUPS == g)
                    .mapToDouble(Cell::truth).toArray();
            double[] ours = made.stream().filter(cell -> cell.step % GROUPS == g)
                    .mapToDouble(cell -> Math.clamp(center + stretch * (cell.velocity - center), 0, 1)).toArray();
            if (real.length > 1 && ours.length > 1) {
                double variance = Math.max(variance(real), 1e-12);
                double answered = Math.max(variance(ours), 1e-12);
                double apart = mean(real) - mean(ours);
                sum += 0.5 * (Math.log(answered / variance) + (variance + apart * apart) / answered - 1);
                groups++;
            }
        }
        return groups == 0 ? 0 : sum / groups;
    }

    private static double mean(double[] sample) {
        double sum = 0;
        for (double x : sample) {
            sum += x;
        }
        return sum / sample.length;
    }

    private static double variance(double[] sample) {
        double mean = mean(sample);
        double sum = 0;
        for (double x : sample) {
            sum += (x - mean) * (x - mean);
        }
        return sum / sample.length;
    }
}
