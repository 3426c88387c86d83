package tapkit.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Draws units anew, with replacement, and sums what belongs to them. Metrics are functions of such sums. The draws depend on the
 * number of units only.
 */
final class Bootstrap {
    private static final int RESAMPLES = 1000;

    private Bootstrap() {
    }

    /** Sums for each resample of units whose values are the rows of {@code rows}. */
    static double[][] sums(double[][] rows) {
        int[] places = new int[rows.length];
        return sums(rows, places, rows.length == 0 ? 0 : rows[0].length);
    }

    /** The same where each row's values are added from a place of its own on, in sums of {@code length} numbers. */
    static double[][] sums(double[][] rows, int[] places, int length) {
        if (rows.length == 0) {
            return new double[0][];
        }
        SplittableRandom random = new SplittableRandom(0);
        double[][] sums = new double[RESAMPLES][length];
        int[] times = new int[rows.length];
        for (double[] sum : sums) {
            Arrays.fill(times, 0);
            for (int i = 0; i < rows.length; i++) {
                times[random.nextInt(rows.length)]++;
            }
            for (int i = 0; i < rows.length; i++) {
                double[] row = rows[i];
                for (int column = 0; column < row.length; column++) {
                    sum[places[i] + column] += times[i] * row[column];
                }
            }
        }
        return sums;
    }

    /** A metric of each resample. */
    static double[] metric(double[][] sums, ToDoubleFunction<double[]> metric) {
        return Arrays.stream(sums).mapToDouble(metric).toArray();
    }
}
