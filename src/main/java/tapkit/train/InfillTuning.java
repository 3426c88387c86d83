package tapkit.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import tapkit.data.Quantizer;
import tapkit.data.Take;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.grid.Voice;
import tapkit.model.InferenceEngine;
import tapkit.model.InfillDecoding;
import tapkit.model.InfillModel;
import tapkit.model.LstmInfiller;

/** Hides voices in every window of the validation split, and finds the constants with which a model's answers are best. */
final class InfillTuning {
    private static final int GROUPS = InfillDecoding.GROUPS;
    private static final double STRETCH_STEP = 0.02;
    private static final int STRETCHES = 101;
    /** A step of the beat with fewer hits than this is moved and stretched as all of its voice's. */
    private static final int FEW = 20;

    /** What a model says about one cell, and what the drummer did; a truth that is no hit has no velocity. */
    private record Cell(int step, float probability, float velocity, float offset, float truth, float truthOffset) {
        boolean isHit() {
            return truth > 0;
        }
    }

    /**
     * Stretch of one voice for each step of the beat, and the divergence that it leaves where hits are not few.
     *
     * @param from   mean of the readings
     * @param to     mean of the truth
     * @param factor how much farther from the mean
     */
    record Spread(List<Double> from, List<Double> to, List<Double> factor, double divergence) {
    }

    /**
     * Constants of one voice that is hidden alone, and what they reach.
     *
     * @param hits made for each one of the drummers
     */
    record Found(double threshold, Spread velocity, Spread timing, double velocityError, double f1, double hits) {
    }

    private final List<Window> windows;
    private final List<Piece> pieces;
    private final double hitsLimit;
    private final HumanizeRecipe.Calibration limits;

    InfillTuning(List<Take> validation, double hitsLimit, HumanizeRecipe.Calibration limits) {
        windows = Window.of(validation, Windowing.CUT);
        pieces = validation.stream().map(take -> Quantizer.piece(take.score())).toList();
        this.hitsLimit = hitsLimit;
        this.limits = limits;
    }

    int windows() {
        return windows.size();
    }

    /** The best constants for one voice that is hidden alone. */
    Found alone(InfillModel model, Voice voice) {
        List<Cell> cells = cells(model, () -> List.of(EnumSet.of(voice))).get(voice.ordinal());
        cells.sort(Comparator.comparingDouble(Cell::probability).reversed());
        long truths = cells.stream().filter(Cell::isHit).count();
        int best = Math.clamp(truths, 1, cells.size() - 1);
        double bestF1 = -1;
        long both = 0;
        for (int made = 1; made < cells.size(); made++) {
            both += cells.get(made - 1).isHit() ? 1 : 0;
            double f1 = 2.0 * both / (made + truths);
            if (Math.abs(made - (double) truths) <= hitsLimit * truths && f1 > bestF1) {
                best = made;
                bestF1 = f1;
            }
        }
        List<Cell> made = cells.subList(0, best);
        List<Cell> real = cells.stream().filter(Cell::isHit).toList();
        double error = Math.sqrt(made.stream().filter(Cell::isHit)
                .mapToDouble(cell -> (cell.velocity - cell.truth) * (cell.velocity - cell.truth)).average().orElse(0));
        return new Found(threshold(cells, best), spread(made, Cell::velocity, real, Cell::truth, 0, 1, limits.velocityKl()),
                spread(made, Cell::offset, real, Cell::truthOffset, -0.5, 0.4999, limits.timingKl()), error, bestF1,
                best / Math.max(1.0, (double) truths));
    }

    /**
     * For each voice the threshold that makes as many hits as the drummers made where this many voices are hidden at once. Each
     * voice is hidden once in each window, in a company that a seed draws.
     */
    double[] thresholds(InfillModel model, int hidden) {
        SplittableRandom random = new SplittableRandom(hidden);
        List<List<Cell>> byVoice = cells(model, () -> companies(random, hidden));
        return byVoice.stream().mapToDouble(cells -> {
            cells.sort(Comparator.comparingDouble(Cell::probability).reversed());
            long truths = cells.stream().filter(Cell::isHit).count();
            return threshold(cells, Math.clamp(truths, 1, cells.size() - 1));
        }).toArray();
    }

    private static double threshold(List<Cell> byProbability, int hits) {
        return Math.clamp((byProbability.get(hits - 1).probability + (double) byProbability.get(hits).probability) / 2, 1e-6,
                1 - 1e-6);
    }

    private static List<Set<Voice>> companies(SplittableRandom random, int size) {
        List<Voice> voices = new ArrayList<>(List.of(Voice.values()));
        List<Set<Voice>> companies = new ArrayList<>();
        Set<Voice> company = EnumSet.noneOf(Voice.class);
        while (!voices.isEmpty()) {
            company.add(voices.remove(random.nextInt(voices.size())));
            if (company.size() == size || voices.isEmpty()) {
                companies.add(EnumSet.copyOf(company));
                company.clear();
            }
        }
        return companies;
    }

    /**
     * What is said about each voice wherever it is hidden; [voices].
     *
     * @param companies for the next window, which voices are hidden together; each company is a question of its own
     */
    private List<List<Cell>> cells(InfillModel model, Supplier<List<Set<Voice>>> companies) {
        LstmInfiller infiller = model.open(InferenceEngine.VECTOR, 0, true);
        List<List<Cell>> cells = new ArrayList<>();
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            cells.add(new ArrayList<>());
        }
        Groove rest = new Groove();
        Groove said = new Groove();
        float[] probabilities = new float[Grid.CELLS];
        for (Window window : windows) {
            for (Set<Voice> hidden : companies.get()) {
                rest.copyFrom(window.groove());
                hide(rest, hidden);
                infiller.read(pieces.get(window.take()), window.bar(), hidden, rest, probabilities, said);
                for (Voice voice : hidden) {
                    add(window.groove(), probabilities, said, voice, cells.get(voice.ordinal()));
                }
            }
        }
        return cells;
    }

    private static void hide(Groove groove, Set<Voice> hidden) {
        for (Voice voice : hidden) {
            for (int step = 0; step < Grid.STEPS; step++) {
                int cell = Grid.cell(step, voice.ordinal());
                groove.hits[cell] = 0;
                groove.offsets[cell] = 0;
                groove.velocities[cell] = 0;
            }
        }
    }

    private static void add(Groove truth, float[] probabilities, Groove said, Voice voice, List<Cell> cells) {
        for (int step = 0; step < Grid.STEPS; step++) {
            int cell = Grid.cell(step, voice.ordinal());
            float velocity = truth.hits[cell] != 0 ? Math.max(truth.velocities[cell], 1e-3f) : 0;
            cells.add(new Cell(step, probabilities[cell], said.velocities[cell], said.offsets[cell], velocity,
                    truth.offsets[cell]));
        }
    }

    /** The least stretch with which what is played is spread as the drummers' is, for each step of the beat. */
    private static Spread spread(List<Cell> made, ToDoubleFunction<Cell> reading, List<Cell> real, ToDoubleFunction<Cell> truth,
            double least, double most, double limit) {
        double[] from = new double[GROUPS];
        double[] to = new double[GROUPS];
        double[] factor = new double[GROUPS];
        double sum = 0;
        int groups = 0;
        double[] allMade = made.stream().mapToDouble(reading).toArray();
        double[] allReal = real.stream().mapToDouble(truth).toArray();
        for (int group = 0; group < GROUPS; group++) {
            int g = group;
            double[] ours = made.stream().filter(cell -> cell.step % GROUPS == g).mapToDouble(reading).toArray();
            double[] theirs = real.stream().filter(cell -> cell.step % GROUPS == g).mapToDouble(truth).toArray();
            boolean few = Math.min(ours.length, theirs.length) < FEW;
            double[] wanted = few ? allReal : theirs;
            from[group] = mean(ours.length == 0 ? allMade : ours);
            to[group] = wanted.length == 0 ? from[group] : mean(wanted);
            factor[group] = factor(few ? allMade : ours, wanted, least, most, limit);
            if (Math.min(ours.length, theirs.length) >= FEW) {
                sum += divergence(theirs, stretched(ours, from[group], to[group], factor[group], least, most));
                groups++;
            }
        }
        return new Spread(list(from), list(to), list(factor), groups == 0 ? 0 : sum / groups);
    }

    private static double factor(double[] readings, double[] wanted, double least, double most, double limit) {
        double factor = 1;
        double from = mean(readings);
        double to = wanted.length == 0 ? from : mean(wanted);
        for (int i = 0; i < STRETCHES; i++) {
            factor = 1 + i * STRETCH_STEP;
            if (divergence(wanted, stretched(readings, from, to, factor, least, most)) <= limit) {
                break;
            }
        }
        return factor;
    }

    private static double[] stretched(double[] readings, double from, double to, double factor, double least, double most) {
        return Arrays.stream(readings).map(reading -> Math.clamp(to + factor * (reading - from), least, most)).toArray();
    }

    /** KL(real ‖ ours) of two samples' Gaussians, in nats. */
    private static double divergence(double[] real, double[] ours) {
        if (real.length < 2 || ours.length < 2) {
            return 0;
        }
        double variance = Math.max(variance(real), 1e-12);
        double answered = Math.max(variance(ours), 1e-12);
        double apart = mean(real) - mean(ours);
        return 0.5 * (Math.log(answered / variance) + (variance + apart * apart) / answered - 1);
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static double mean(double[] sample) {
        double sum = 0;
        for (double x : sample) {
            sum += x;
        }
        return sum / Math.max(1, sample.length);
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
