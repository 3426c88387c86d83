package tapkit.evaluate;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What is measured of a humanized performance, as a function of {@link HumanizeSums}. */
public enum HumanizeMetric {
    /** Mean distance from the drummer in milliseconds at the file's tempo. */
    TIMING_MAE_MS("timing MAE ms", sums -> HumanizeSums.mean(sums, HumanizeSums.MILLIS)),
    /** Mean squared distance in sixteenths². */
    TIMING_MSE("timing MSE", sums -> HumanizeSums.mean(sums, HumanizeSums.SQUARED_STEPS)),
    /** KL(truth ‖ performance) of the offsets' Gaussians by step mod 4, mean of the four. */
    TIMING_KL("timing KL", sums -> HumanizeSums.divergence(sums, HumanizeSums.OFFSET, HumanizeSums.PLAYED_OFFSET)),
    /** The same of velocities. */
    VELOCITY_KL("velocity KL", sums -> HumanizeSums.divergence(sums, HumanizeSums.VELOCITY, HumanizeSums.PLAYED_VELOCITY)),
    /** KL(performance ‖ truth). */
    TIMING_KL_REV("timing KL reversed", sums -> HumanizeSums.divergence(sums, HumanizeSums.PLAYED_OFFSET, HumanizeSums.OFFSET)),
    VELOCITY_KL_REV("velocity KL reversed",
            sums -> HumanizeSums.divergence(sums, HumanizeSums.PLAYED_VELOCITY, HumanizeSums.VELOCITY)),
    /** Mean distance of velocities / 127. */
    VELOCITY_MAE("velocity MAE", sums -> HumanizeSums.mean(sums, HumanizeSums.VELOCITY_DISTANCE)),
    VELOCITY_MSE("velocity MSE", sums -> HumanizeSums.mean(sums, HumanizeSums.SQUARED_VELOCITY));

    private final String title;
    private final ToDoubleFunction<double[]> ofSums;

    HumanizeMetric(String title, ToDoubleFunction<double[]> ofSums) {
        this.title = title;
        this.ofSums = ofSums;
    }

    /** The name in JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name for people. */
    public String title() {
        return title;
    }

    double of(double[] sums) {
        return ofSums.applyAsDouble(sums);
    }
}
