package tapkit.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.evaluate.InfillMetrics.Density;
import tapkit.evaluate.InfillMetrics.Presence;
import tapkit.evaluate.Statistics.Moments;
import tapkit.evaluate.Tap2DrumMetrics.Distribution;
import tapkit.evaluate.Tap2DrumMetrics.Matched;
import tapkit.evaluate.Tap2DrumMetrics.Onset;
import tapkit.evaluate.Tap2DrumMetrics.Pair;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.grid.Voice;
import tapkit.model.Infiller;

/** Takes voices out of every window, lets an {@link Infiller} replace them and compares what it plays. */
public final class InfillEvaluation {
    private static final int GROUPS = 4;
    private static final int FEW = 20;

    private final List<Window> windows;
    private final Set<Voice> wanted;
    private final List<Groove> answers = new ArrayList<>();

    private final double[] truthDensity;
    private final double[] answerDensity;
    private final double[] truthByStep = new double[Grid.STEPS_PER_BAR];
    private final double[] answerByStep = new double[Grid.STEPS_PER_BAR];
    private final Moments[] truthTiming = moments();
    private final Moments[] answerTiming = moments();
    private final Moments[] truthVelocity = moments();
    private final Moments[] answerVelocity = moments();
    /** For each take: cells in both, in the truth, in the answer. */
    private final double[][] takes;
    private double timingError;
    private double timingSquares;
    private double velocityError;
    private double truthWithRide;
    private double answerWithRide;

    /**
     * Answers all windows, in order.
     *
     * @param voices those that are hidden together and wanted
     * @param seed   of what the model leaves to chance; each take has a seed of its own
     */
    public InfillEvaluation(EvaluationSet set, Windowing how, Infiller infiller, Set<Voice> voices, long seed) {
        wanted = EnumSet.copyOf(voices);
        windows = set.windows(how);
        truthDensity = new double[windows.size()];
        answerDensity = new double[windows.size()];
        takes = new double[set.takes().size()][3];
        List<Piece> rests = set.pieces().stream().map(piece -> piece.without(wanted)).toList();
        for (int i = 0; i < windows.size(); i++) {
            Window window = windows.get(i);
            Groove answer = without(window.groove());
            infiller.infill(rests.get(window.take()), window.bar(), wanted, TapInput.seed(seed, window.take()), answer);
            if (!Arrays.equals(without(answer).hits, without(window.groove()).hits)) {
                throw new IllegalStateException("the model changed other voices of " + window.takeId());
            }
            answers.add(answer);
            count(i, answer);
        }
    }

    /** All voices, the wanted ones replaced; one for each window. */
    public List<Groove> answers() {
        return List.copyOf(answers);
    }

    public InfillMetrics metrics() {
        double[] all = new double[3];
        for (double[] take : takes) {
            Arrays.setAll(all, i -> all[i] + take[i]);
        }
        double both = all[0];
        double truths = all[1];
        double made = all[2];
        double[][] played = windows.stream().mapToInt(Window::take).distinct().mapToObj(take -> takes[take])
                .toArray(double[][]::new);
        Estimate f1 = new Estimate(f1(all), new double[0],
                Bootstrap.metric(Bootstrap.sums(played), InfillEvaluation::f1));
        Onset onset = new Onset(ratio(both, made), ratio(both, truths), f1.value(), f1.fileInterval());
        double distance = 0;
        for (int i = 0; i < truthDensity.length; i++) {
            distance += Math.abs(truthDensity[i] - answerDensity[i]) / truthDensity.length;
        }
        Density density = new Density(new Pair(mean(truthDensity), mean(answerDensity)), distance,
                Statistics.correlation(truthDensity, answerDensity), Statistics.wasserstein(truthDensity, answerDensity));
        Matched matched = new Matched((long) both, share(timingError, both), share(timingSquares, both),
                share(velocityError, both));
        return new InfillMetrics(windows.size(), (long) truths, (long) made, onset, density, presence(), matched,
                Statistics.jensenShannon(truthByStep, answerByStep),
                made == 0
                        ? null
                        : new Distribution(divergence(truthTiming, answerTiming),
                                divergence(truthVelocity, answerVelocity)),
                new Pair(ratio(truthWithRide, truths), ratio(answerWithRide, made)), f1);
    }

    private void count(int index, Groove answer) {
        for (Voice voice : wanted) {
            for (int step = 0; step < Grid.STEPS; step++) {
                count(index, windows.get(index), answer, step, voice);
            }
        }
    }

    private void count(int index, Window window, Groove answer, int step, Voice voice) {
        Groove truth = window.groove();
        double[] take = takes[window.take()];
        int cell = Grid.cell(step, voice.ordinal());
        int ride = truth.isHit(step, Voice.RIDE.ordinal()) ? 1 : 0;
        boolean real = truth.hits[cell] != 0;
        boolean made = answer.hits[cell] != 0;
        if (real) {
            take[1]++;
            truthDensity[index] += 1.0 / Grid.BARS;
            truthByStep[step % Grid.STEPS_PER_BAR]++;
            truthTiming[step % GROUPS].add(truth.offsets[cell]);
            truthVelocity[step % GROUPS].add(truth.velocities[cell]);
            truthWithRide += ride;
        }
        if (made) {
            take[2]++;
            answerDensity[index] += 1.0 / Grid.BARS;
            answerByStep[step % Grid.STEPS_PER_BAR]++;
            answerTiming[step % GROUPS].add(answer.offsets[cell]);
            answerVelocity[step % GROUPS].add(answer.velocities[cell]);
            answerWithRide += ride;
        }
        if (real && made) {
            take[0]++;
            double late = (double) answer.offsets[cell] - truth.offsets[cell];
            timingError += Math.abs(late) * window.stepMillis();
            timingSquares += late * late;
            velocityError += Math.abs((double) answer.velocities[cell] - truth.velocities[cell]);
        }
    }

    private Presence presence() {
        int right = 0;
        int present = 0;
        int added = 0;
        int missed = 0;
        for (int i = 0; i < truthDensity.length; i++) {
            boolean real = truthDensity[i] > 0;
            boolean made = answerDensity[i] > 0;
            right += real == made ? 1 : 0;
            present += real ? 1 : 0;
            added += made && !real ? 1 : 0;
            missed += real && !made ? 1 : 0;
        }
        int n = truthDensity.length;
        return new Presence(ratio(right, n), ratio(present, n), share(added, n - present), share(missed, present));
    }

    private Groove without(Groove groove) {
        Groove rest = new Groove();
        rest.copyFrom(groove);
        for (Voice voice : wanted) {
            for (int step = 0; step < Grid.STEPS; step++) {
                int cell = Grid.cell(step, voice.ordinal());
                rest.hits[cell] = 0;
                rest.offsets[cell] = 0;
                rest.velocities[cell] = 0;
            }
        }
        return rest;
    }

    /** Mean over the steps of the beat; a handful of hits, mostly of one bar in two windows, has no spread to compare. */
    private static Double divergence(Moments[] truth, Moments[] answer) {
        Moments[] enough = truth.clone();
        for (int group = 0; group < GROUPS; group++) {
            if (Math.min(truth[group].count(), answer[group].count()) < FEW) {
                enough[group] = new Moments();
            }
        }
        return Tap2DrumEvaluation.divergence(enough, answer);
    }

    private static Moments[] moments() {
        Moments[] moments = new Moments[GROUPS];
        Arrays.setAll(moments, i -> new Moments());
        return moments;
    }

    private static double f1(double[] cells) {
        return ratio(2 * cells[0], cells[1] + cells[2]);
    }

    private static double mean(double[] sample) {
        return ratio(Arrays.stream(sample).sum(), sample.length);
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }

    private static Double share(double part, double whole) {
        return whole == 0 ? null : (Double) (part / whole);
    }
}
