package tapkit.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.model.Humanizer;

/** Lets a {@link Humanizer} play every window's score and compares it with the drummer, note by note. */
public final class HumanizeEvaluation {
    private final List<Window> windows;
    private final List<Groove> answers = new ArrayList<>();
    /** {@link HumanizeSums} of each note, and where in the sums its group begins. */
    private final List<double[]> notes = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    /** Sums of each take that has notes in windows. */
    private final double[][] takes;

    /**
     * Plays all windows, in order.
     *
     * @param seed of what the model leaves to chance; each take has a seed of its own
     */
    public HumanizeEvaluation(EvaluationSet set, Windowing how, Humanizer humanizer, long seed) {
        windows = set.windows(how);
        List<Piece> scores = set.pieces().stream().map(Piece::score).toList();
        double[][] sums = new double[scores.size()][];
        for (Window window : windows) {
            Groove answer = new Groove();
            System.arraycopy(window.groove().hits, 0, answer.hits, 0, Grid.CELLS);
            humanizer.humanize(scores.get(window.take()), window.bar(), TapInput.seed(seed, window.take()), answer);
            if (!Arrays.equals(answer.hits, window.groove().hits)) {
                throw new IllegalStateException("the model changed hits of " + window.takeId() + ", bar " + window.bar());
            }
            answers.add(answer);
            if (sums[window.take()] == null) {
                sums[window.take()] = new double[HumanizeSums.GROUPS * HumanizeSums.COLUMNS];
            }
            count(window, answer, sums[window.take()]);
        }
        takes = Arrays.stream(sums).filter(sum -> sum != null && HumanizeSums.sum(sum, HumanizeSums.COUNT) > 0)
                .toArray(double[][]::new);
    }

    /** The performances, one for each window. */
    public List<Groove> answers() {
        return List.copyOf(answers);
    }

    /** A metric alone, without its intervals. */
    public double value(HumanizeMetric metric) {
        return metric.of(sums());
    }

    public HumanizeMetrics metrics() {
        double[] all = sums();
        double[][] overNotes = Bootstrap.sums(notes.toArray(double[][]::new),
                places.stream().mapToInt(Integer::intValue).toArray(), all.length);
        double[][] overFiles = Bootstrap.sums(takes);
        Map<HumanizeMetric, Estimate> estimates = new EnumMap<>(HumanizeMetric.class);
        for (HumanizeMetric metric : HumanizeMetric.values()) {
            estimates.put(metric, new Estimate(metric.of(all), Bootstrap.metric(overNotes, metric::of),
                    Bootstrap.metric(overFiles, metric::of)));
        }
        return new HumanizeMetrics(windows.size(), notes.size(), estimates);
    }

    private double[] sums() {
        double[] sums = new double[HumanizeSums.GROUPS * HumanizeSums.COLUMNS];
        for (double[] take : takes) {
            Arrays.setAll(sums, i -> sums[i] + take[i]);
        }
        return sums;
    }

    private void count(Window window, Groove answer, double[] take) {
        Groove truth = window.groove();
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            if (truth.hits[cell] != 0) {
                double[] note = HumanizeSums.of(truth.offsets[cell], truth.velocities[cell], answer.offsets[cell],
                        answer.velocities[cell], window.stepMillis());
                int place = cell / Grid.VOICES % HumanizeSums.GROUPS * HumanizeSums.COLUMNS;
                notes.add(note);
                places.add(place);
                for (int column = 0; column < note.length; column++) {
                    take[place + column] += note[column];
                }
            }
        }
    }
}
