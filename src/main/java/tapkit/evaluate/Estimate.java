package tapkit.evaluate;

import java.util.Arrays;
import java.util.List;
import tapkit.evaluate.Tap2DrumMetrics.Interval;

/**
 * A metric and what it becomes when the notes, or the files, are drawn anew, with replacement. All estimates of one evaluation, and
 * those of other models on the same windows, come from the same draws, so they may be subtracted and averaged draw by draw.
 */
public final class Estimate {
    private final double value;
    private final double[] notes;
    private final double[] files;

    /**
     * An estimate from its draws.
     *
     * @param notes the metric for each draw of notes, as the paper does; flatters, since notes of one recording are alike. Empty
     *              where they were not drawn
     * @param files the metric for each draw of files
     */
    Estimate(double value, double[] notes, double[] files) {
        this.value = value;
        this.notes = notes;
        this.files = files;
    }

    public double value() {
        return value;
    }

    /** 95 % over notes; null where notes were not drawn. */
    public Interval noteInterval() {
        return interval(notes);
    }

    /** 95 % over files. */
    public Interval fileInterval() {
        return interval(files);
    }

    /** The difference, paired: the same files for both. */
    public Estimate minus(Estimate other) {
        return new Estimate(value - other.value, minus(notes, other.notes), minus(files, other.files));
    }

    /** The mean of several models. */
    public static Estimate mean(List<Estimate> estimates) {
        return new Estimate(estimates.stream().mapToDouble(Estimate::value).average().orElseThrow(),
                mean(estimates.stream().map(e -> e.notes).toArray(double[][]::new)),
                mean(estimates.stream().map(e -> e.files).toArray(double[][]::new)));
    }

    private static Interval interval(double[] draws) {
        if (draws.length == 0) {
            return null;
        }
        double[] sorted = draws.clone();
        Arrays.sort(sorted);
        return new Interval(Statistics.quantile(sorted, 0.025), Statistics.quantile(sorted, 0.975));
    }

    private static double[] minus(double[] a, double[] b) {
        double[] difference = new double[a.length];
        Arrays.setAll(difference, i -> a[i] - b[i]);
        return difference;
    }

    private static double[] mean(double[][] draws) {
        double[] mean = new double[draws[0].length];
        Arrays.setAll(mean, i -> Arrays.stream(draws).mapToDouble(d -> d[i]).average().orElseThrow());
        return mean;
    }
}
