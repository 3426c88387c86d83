package tapkit.evaluate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import tapkit.evaluate.Tap2DrumMetrics.Interval;

/**
 * The result of an evaluation of Humanization with the conditions under which it was made, as a table and as JSON.
 *
 * @param versus name of the model that it is compared with, or null
 */
public record HumanizeReport(String split, String model, String versus, long seed, List<Result> results) {
    /**
     * Metrics with windows {@code cut} or {@code aligned}.
     *
     * @param other of the model to compare with, on the same windows, or null
     */
    public record Result(String mode, HumanizeMetrics metrics, HumanizeMetrics other) {
        private Estimate difference(HumanizeMetric metric) {
            return metrics.estimates().get(metric).minus(other.estimates().get(metric));
        }
    }

    /** One document, with the names that the metrics have elsewhere. */
    public String json() {
        JsonMapper json = JsonMapper.builder().build();
        ObjectNode document = json.createObjectNode().put("task", "humanize").put("split", split).put("model", model);
        if (versus != null) {
            document.put("versus", versus);
        }
        document.put("seed", seed);
        for (Result result : results) {
            ObjectNode entry = document.withArray("results").addObject().put("mode", result.mode)
                    .put("windows", result.metrics.windows()).put("notes", result.metrics.notes());
            for (HumanizeMetric metric : HumanizeMetric.values()) {
                Estimate estimate = result.metrics.estimates().get(metric);
                ObjectNode node = entry.putObject(metric.label()).put("value", estimate.value());
                node.set("ci", json.valueToTree(estimate.noteInterval()));
                node.set("file_ci", json.valueToTree(estimate.fileInterval()));
                if (result.other != null) {
                    Estimate difference = result.difference(metric);
                    node.putObject("minus_versus").put("value", difference.value()).set("file_ci",
                            json.valueToTree(difference.fileInterval()));
                }
            }
        }
        return document.toPrettyString();
    }

    /** A table for people, a column for each condition. */
    public String text() {
        StringBuilder out = new StringBuilder();
        out.append(String.format(Locale.ROOT, "Humanization, %s split, %s, seed %d%n%n", split, model, seed));
        row(out, "windows", r -> r.mode);
        row(out, "count", r -> Integer.toString(r.metrics.windows()));
        row(out, "notes", r -> Integer.toString(r.metrics.notes()));
        for (HumanizeMetric metric : HumanizeMetric.values()) {
            row(out, metric.title(), r -> String.format(Locale.ROOT, "%.4f", r.metrics.value(metric)));
            row(out, "  95 % over notes", r -> interval(r.metrics.estimates().get(metric).noteInterval()));
            row(out, "  95 % over files", r -> interval(r.metrics.estimates().get(metric).fileInterval()));
            if (versus != null) {
                row(out, "  minus " + versus, r -> String.format(Locale.ROOT, "%+.4f", r.difference(metric).value()));
                row(out, "  95 % over files, paired", r -> interval(r.difference(metric).fileInterval()));
            }
        }
        return out.toString();
    }

    private void row(StringBuilder out, String name, Function<Result, String> value) {
        StringBuilder line = new StringBuilder(String.format("%-28s", name));
        results.forEach(result -> line.append(String.format("%20s", value.apply(result))));
        out.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }

    private static String interval(Interval interval) {
        return interval == null ? "-" : String.format(Locale.ROOT, "%.4f to %.4f", interval.low(), interval.high());
    }
}
