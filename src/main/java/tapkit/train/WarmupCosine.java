package tapkit.train;

import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** A learning rate that rises linearly and then falls along a cosine to a fiftieth of its peak. Counts in iterations. */
public record WarmupCosine(@JsonProperty("peak") double peak, @JsonProperty("warmup") int warmup,
        @JsonProperty("total") int total)
        implements
            ISchedule {
    private static final double FLOOR = 0.02;

    @Override
    public double valueAt(int iteration, int epoch) {
        double rise = Math.min(1, (iteration + 1.0) / warmup);
        double fall = 0.5 * (1 + Math.cos(Math.PI * Math.min(iteration, total) / total));
        return peak * rise * (FLOOR + (1 - FLOOR) * fall);
    }

    @Override
    public ISchedule clone() {
        return this;
    }
}
