package tapkit.model;

/**
 * Microtiming as a distribution: equal bins of [−0.5, 0.5) steps whose probabilities are the softmax of as many numbers.
 *
 * @param count of the bins
 */
public record OffsetBins(int count) {
    public OffsetBins {
        if (count < 2 || count > 1000) {
            throw new IllegalArgumentException(count + " bins");
        }
    }

    /** Middle of a bin, in steps. */
    public double center(int bin) {
        return (bin + 0.5) / count - 0.5;
    }

    /** The bin that an offset in [−0.5, 0.5) lies in. */
    public int bin(double offset) {
        return Math.clamp((int) Math.floor((offset + 0.5) * count), 0, count - 1);
    }

    /** Fills {@code out} with the softmax of the numbers from an index on. */
    public void probabilities(float[] logits, int from, double[] out) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int bin = 0; bin < count; bin++) {
            largest = Math.max(largest, logits[from + bin]);
        }
        double sum = 0;
        for (int bin = 0; bin < count; bin++) {
            out[bin] = Math.exp(logits[from + bin] - largest);
            sum += out[bin];
        }
        for (int bin = 0; bin < count; bin++) {
            out[bin] /= sum;
        }
    }

    /** Mean of a distribution, in steps. */
    public double mean(double[] probabilities) {
        double mean = 0;
        for (int bin = 0; bin < count; bin++) {
            mean += probabilities[bin] * center(bin);
        }
        return mean;
    }

    /** Standard deviation of a distribution, in steps. */
    public double deviation(double[] probabilities) {
        double mean = mean(probabilities);
        double sum = 0;
        for (int bin = 0; bin < count; bin++) {
            sum += probabilities[bin] * (center(bin) - mean) * (center(bin) - mean);
        }
        return Math.sqrt(sum);
    }
}
