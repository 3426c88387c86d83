package tapkit.evaluate;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How a performance compares with the drummer's.
 *
 * @param windows   windows of two bars
 * @param notes     note cells, the same in truth and performance
 * @param estimates each metric with its intervals
 */
public record HumanizeMetrics(int windows, int notes, Map<HumanizeMetric, Estimate> estimates) {
    public HumanizeMetrics {
        estimates = Map.copyOf(estimates);
    }

    public double value(HumanizeMetric metric) {
        return estimates.get(metric).value();
    }

    /** The mean of several models on the same windows. */
    public static HumanizeMetrics mean(List<HumanizeMetrics> models) {
        Map<HumanizeMetric, Estimate> means = new EnumMap<>(HumanizeMetric.class);
        for (HumanizeMetric metric : HumanizeMetric.values()) {
            means.put(metric, Estimate.mean(models.stream().map(m -> m.estimates.get(metric)).toList()));
        }
        return new HumanizeMetrics(models.getFirst().windows, models.getFirst().notes, means);
    }
}
