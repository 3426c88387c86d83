package tapkit.evaluate;

import java.util.Arrays;

/** The statistics that the metrics are made of. */
final class Statistics {
    private static final double LEAST_VARIANCE = 1e-12;
    private static final int QUANTILES = 1000;

    private Statistics() {
    }

    /** Jensen-Shannon divergence in bits of two histograms: 0 same, 1 disjoint. */
    static double jensenShannon(double[] p, double[] q) {
        double sumP = Math.max(Arrays.stream(p).sum(), LEAST_VARIANCE);
        double sumQ = Math.max(Arrays.stream(q).sum(), LEAST_VARIANCE);
        double divergence = 0;
        for (int i = 0; i < p.length; i++) {
            double a = p[i] / sumP;
            double b = q[i] / sumQ;
            double middle = (a + b) / 2;
            divergence += (a > 0 ? a * Math.log(a / middle) : 0) + (b > 0 ? b * Math.log(b / middle) : 0);
        }
        return divergence / (2 * Math.log(2));
    }

    /** Earth mover's distance of two samples in their unit, by 1000 quantiles; NaN if one is empty. */
    static double wasserstein(double[] x, double[] y) {
        if (x.length == 0 || y.length == 0) {
            return Double.NaN;
        }
        double[] sortedX = x.clone();
        double[] sortedY = y.clone();
        Arrays.sort(sortedX);
        Arrays.sort(sortedY);
        double sum = 0;
        for (int i = 0; i < QUANTILES; i++) {
            double q = (i + 0.5) / QUANTILES;
            sum += Math.abs(quantile(sortedX, q) - quantile(sortedY, q));
        }
        return sum / QUANTILES;
    }

    /** A quantile of a sorted sample, with linear interpolation. */
    static double quantile(double[] sorted, double q) {
        double at = q * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    static double median(double[] sample) {
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        return quantile(sorted, 0.5);
    }

    /**
     * KL(first ‖ second) in nats of the Gaussians of two samples, each given as its size, sum and sum of squares; NaN where one has
     * fewer than two values.
     */
    static double divergence(double n, double sum, double squares, double n2, double sum2, double squares2) {
        if (n < 2 || n2 < 2) {
            return Double.NaN;
        }
        double variance = Math.max(squares / n - sum / n * (sum / n), LEAST_VARIANCE);
        double variance2 = Math.max(squares2 / n2 - sum2 / n2 * (sum2 / n2), LEAST_VARIANCE);
        double apart = sum / n - sum2 / n2;
        return 0.5 * (Math.log(variance2 / variance) + (variance + apart * apart) / variance2 - 1);
    }

    /** Correlation of two samples; 0 where the second does not vary. */
    static double correlation(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElse(0);
        double meanY = Arrays.stream(y).average().orElse(0);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
    }

    /** Sums of a sample, from which its Gaussian follows. */
    static final class Moments {
        private double n;
        private double sum;
        private double squares;

        void add(double x) {
            n++;
            sum += x;
            squares += x * x;
        }

        double count() {
            return n;
        }

        /** NaN of an empty sample. */
        double mean() {
            return sum / n;
        }

        /** Standard deviation; NaN of an empty sample. */
        double deviation() {
            return Math.sqrt(Math.max(squares / n - mean() * mean(), 0));
        }

        /** KL(this ‖ other) of the two Gaussians in nats; NaN where one has fewer than two values. */
        double divergence(Moments other) {
            return Statistics.divergence(n, sum, squares, other.n, other.sum, other.squares);
        }
    }
}
