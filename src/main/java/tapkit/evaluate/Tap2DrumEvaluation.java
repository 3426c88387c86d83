package tapkit.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import tapkit.data.Window;
import tapkit.evaluate.Statistics.Moments;
import tapkit.evaluate.Tap2DrumMetrics.Distribution;
import tapkit.evaluate.Tap2DrumMetrics.Interval;
import tapkit.evaluate.Tap2DrumMetrics.Matched;
import tapkit.evaluate.Tap2DrumMetrics.Novelty;
import tapkit.evaluate.Tap2DrumMetrics.Onset;
import tapkit.evaluate.Tap2DrumMetrics.Pair;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;
import tapkit.grid.Voice;

/** Lets a {@link Drummer} answer every window and measures the answers. */
public final class Tap2DrumEvaluation {
    private static final int RESAMPLES = 1000;
    private static final int GROUPS = 4;
    private static final int KICK_AND_SNARE = 2;

    private final List<Window> windows;
    private final List<Groove> answers = new ArrayList<>();

    private final double[] truthByVoice = new double[Grid.VOICES];
    private final double[] answerByVoice = new double[Grid.VOICES];
    private final double[] bothByVoice = new double[Grid.VOICES];
    private final double[] truthByPlace = new double[Grid.STEPS_PER_BAR * Grid.VOICES];
    private final double[] answerByPlace = new double[Grid.STEPS_PER_BAR * Grid.VOICES];
    private final double[] truthPolyphony = new double[Grid.VOICES];
    private final double[] answerPolyphony = new double[Grid.VOICES];
    private final double[] truthDensity;
    private final double[] answerDensity;
    private final double[] truthSyncopation;
    private final double[] answerSyncopation;
    private final Moments[] truthTiming = moments();
    private final Moments[] answerTiming = moments();
    private final Moments[] truthVelocity = moments();
    private final Moments[] answerVelocity = moments();
    /** Note cells in both, and in truth and answer together, for each take. */
    private final double[] bothByTake;
    private final double[] eitherByTake;
    private double taps;
    private double answeredTaps;
    private double answeredSteps;
    private double tapDistance;
    private double timingError;
    private double timingSquares;
    private double velocityError;
    private final double median;
    private double constantError;

    /**
     * Answers all windows, in order.
     *
     * @param seed of what the drummer leaves to chance; each window has a seed of its own
     */
    public Tap2DrumEvaluation(List<Window> windows, TapInput input, Drummer drummer, long seed) {
        this.windows = List.copyOf(windows);
        int n = windows.size();
        truthDensity = new double[n];
        answerDensity = new double[n];
        truthSyncopation = new double[n];
        answerSyncopation = new double[n];
        int takes = windows.stream().mapToInt(Window::take).max().orElse(-1) + 1;
        bothByTake = new double[takes];
        eitherByTake = new double[takes];
        median = medianVelocity();
        TapWindow tapWindow = new TapWindow();
        for (int i = 0; i < n; i++) {
            Groove answer = new Groove();
            input.taps(windows.get(i), i, tapWindow);
            drummer.answer(tapWindow, TapInput.seed(seed, i), answer);
            answers.add(answer);
            countCells(i, answer);
            countSteps(i, tapWindow, answer);
        }
    }

    /** The answers, one for each window. */
    public List<Groove> answers() {
        return List.copyOf(answers);
    }

    /** Measures without asking how new the answers are. */
    public Tap2DrumMetrics metrics() {
        return metrics(List.of());
    }

    /** Measures, and compares the answers with the training windows (none: no {@link Novelty}). */
    public Tap2DrumMetrics metrics(List<Window> training) {
        double truths = sum(truthByVoice);
        double made = sum(answerByVoice);
        double both = sum(bothByVoice);
        Map<String, Double> voiceF1 = new LinkedHashMap<>();
        Map<String, Pair> voiceShare = new LinkedHashMap<>();
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            String name = Voice.of(voice).label();
            voiceF1.put(name, f1(bothByVoice[voice], answerByVoice[voice] + truthByVoice[voice]));
            voiceShare.put(name, new Pair(ratio(truthByVoice[voice], truths), ratio(answerByVoice[voice], made)));
        }
        Onset onset = new Onset(ratio(both, made), ratio(both, truths), f1(both, made + truths), interval());
        Matched matched = new Matched((long) both, mean(timingError, both), mean(timingSquares, both),
                mean(velocityError, both));
        Patterns truthPatterns = new Patterns(windows.stream().map(Window::groove).toList());
        Patterns answerPatterns = new Patterns(answers);
        return new Tap2DrumMetrics(windows.size(), (long) truths, (long) made, onset, voiceF1,
                sum(voiceF1.values().stream().mapToDouble(Double::doubleValue).toArray()) / Grid.VOICES,
                ratio(answeredTaps, taps), ratio(answeredSteps - answeredTaps, answeredSteps),
                new Pair(ratio(truths, sum(truthPolyphony)), ratio(made, sum(answerPolyphony))),
                Statistics.jensenShannon(truthPolyphony, answerPolyphony), mean(tapDistance, answeredTaps), matched,
                mean(constantError, both), new Pair(meanOf(truthDensity), meanOf(answerDensity)), densityError(),
                Statistics.wasserstein(truthDensity, answerDensity), voiceShare,
                Statistics.jensenShannon(truthByVoice, answerByVoice), Statistics.jensenShannon(truthByPlace, answerByPlace),
                new Pair(meanOf(truthSyncopation), meanOf(answerSyncopation)),
                Statistics.wasserstein(truthSyncopation, answerSyncopation),
                new Distribution(divergence(truthTiming, answerTiming), divergence(truthVelocity, answerVelocity)),
                training.isEmpty() ? null : novelty(truthPatterns, answerPatterns, training),
                new Pair(truthPatterns.distinct(), answerPatterns.distinct()));
    }

    private void countCells(int index, Groove answer) {
        Window window = windows.get(index);
        Groove truth = window.groove();
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            int voice = cell % Grid.VOICES;
            int group = cell / Grid.VOICES % GROUPS;
            int place = cell % truthByPlace.length;
            boolean real = truth.hits[cell] != 0;
            boolean made = answer.hits[cell] != 0;
            if (real) {
                truthByVoice[voice]++;
                truthByPlace[place]++;
                truthTiming[group].add(truth.offsets[cell]);
                truthVelocity[group].add(truth.velocities[cell]);
                eitherByTake[window.take()]++;
                truthDensity[index] += 1.0 / Grid.BARS;
            }
            if (made) {
                answerByVoice[voice]++;
                answerByPlace[place]++;
                answerTiming[group].add(answer.offsets[cell]);
                answerVelocity[group].add(answer.velocities[cell]);
                eitherByTake[window.take()]++;
                answerDensity[index] += 1.0 / Grid.BARS;
            }
            if (real && made) {
                bothByVoice[voice]++;
                bothByTake[window.take()]++;
                double late = (double) answer.offsets[cell] - truth.offsets[cell];
                timingError += Math.abs(late) * window.stepMillis();
                timingSquares += late * late;
                velocityError += Math.abs((double) answer.velocities[cell] - truth.velocities[cell]);
                constantError += Math.abs(truth.velocities[cell] - median);
            }
        }
    }

    private void countSteps(int index, TapWindow tapWindow, Groove answer) {
        Groove truth = windows.get(index).groove();
        int truthOnsets = 0;
        int answerOnsets = 0;
        for (int step = 0; step < Grid.STEPS; step++) {
            int real = 0;
            int made = 0;
            int loudest = -1;
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                int cell = Grid.cell(step, voice);
                real += truth.hits[cell] != 0 ? 1 : 0;
                if (answer.hits[cell] != 0) {
                    made++;
                    loudest = loudest < 0 || answer.velocities[cell] > answer.velocities[loudest] ? cell : loudest;
                }
                if (voice < KICK_AND_SNARE) {
                    truthOnsets |= truth.hits[cell] != 0 ? 1 << step : 0;
                    answerOnsets |= answer.hits[cell] != 0 ? 1 << step : 0;
                }
            }
            if (real > 0) {
                truthPolyphony[real - 1]++;
            }
            boolean tapped = tapWindow.taps[step] != 0;
            taps += tapped ? 1 : 0;
            if (made > 0) {
                answerPolyphony[made - 1]++;
                answeredSteps++;
                if (tapped) {
                    answeredTaps++;
                    tapDistance += Math.abs((double) answer.offsets[loudest] - tapWindow.offsets[step])
                            * windows.get(index).stepMillis();
                }
            }
        }
        truthSyncopation[index] = Syncopation.perBar(truthOnsets);
        answerSyncopation[index] = Syncopation.perBar(answerOnsets);
    }

    /** F1 when the takes are drawn anew, with replacement, 1000 times. */
    private Interval interval() {
        int[] takes = windows.stream().mapToInt(Window::take).distinct().toArray();
        if (takes.length == 0) {
            return null;
        }
        SplittableRandom random = new SplittableRandom(0);
        double[] f1 = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            double both = 0;
            double either = 0;
            for (int j = 0; j < takes.length; j++) {
                int take = takes[random.nextInt(takes.length)];
                both += bothByTake[take];
                either += eitherByTake[take];
            }
            f1[i] = f1(both, either);
        }
        Arrays.sort(f1);
        return new Interval(Statistics.quantile(f1, 0.025), Statistics.quantile(f1, 0.975));
    }

    private static Novelty novelty(Patterns truths, Patterns answers, List<Window> training) {
        Patterns known = new Patterns(training.stream().map(Window::groove).toList());
        double[] answer = answers.distancesTo(known);
        double[] truth = truths.distancesTo(known);
        return new Novelty(Statistics.median(answer), share0(answer), Statistics.median(truth), share0(truth),
                Statistics.wasserstein(truth, answer));
    }

    private double densityError() {
        double sum = 0;
        for (int i = 0; i < truthDensity.length; i++) {
            sum += Math.abs(truthDensity[i] - answerDensity[i]);
        }
        return ratio(sum, truthDensity.length);
    }

    private double medianVelocity() {
        List<Double> velocities = new ArrayList<>();
        for (Window window : windows) {
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                if (window.groove().hits[cell] != 0) {
                    velocities.add((double) window.groove().velocities[cell]);
                }
            }
        }
        return velocities.isEmpty() ? 0 : Statistics.median(velocities.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static Moments[] moments() {
        Moments[] moments = new Moments[GROUPS];
        Arrays.setAll(moments, i -> new Moments());
        return moments;
    }

    static Double divergence(Moments[] truth, Moments[] answer) {
        double sum = 0;
        int groups = 0;
        for (int i = 0; i < GROUPS; i++) {
            double divergence = truth[i].divergence(answer[i]);
            if (!Double.isNaN(divergence)) {
                sum += divergence;
                groups++;
            }
        }
        return mean(sum, groups);
    }

    private static double share0(double[] distances) {
        return Arrays.stream(distances).filter(d -> d == 0).count() / (double) distances.length;
    }

    private static double meanOf(double[] sample) {
        return ratio(sum(sample), sample.length);
    }

    private static double sum(double[] values) {
        return Arrays.stream(values).sum();
    }

    private static double f1(double both, double together) {
        return ratio(2 * both, together);
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }

    private static Double mean(double sum, double n) {
        return n == 0 ? null : (Double) (sum / n);
    }
}
