package tapkit.evaluate;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;

/** The result of an evaluation of Infilling with the conditions under which it was made, as a table and as JSON. */
@JsonNaming(SnakeCaseStrategy.class)
public record InfillReport(String task, String split, String model, long seed, List<Result> results) {
    private static final String ROW = "%-8s %-10s %7s %16s %7s %7s %16s %7s %7s %8s %7s %7s %8s %8s%n";

    /** Metrics of one voice with windows {@code cut} or {@code aligned}. */
    public record Result(String mode, String voice, @JsonUnwrapped InfillMetrics metrics) {
    }

    /** One document, with the names that the metrics have elsewhere. */
    public String json() {
        try {
            return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A table for people, a row for each voice and condition. */
    public String text() {
        StringBuilder out = new StringBuilder();
        out.append(String.format(Locale.ROOT, "Infilling, %s split, %s, seed %d: each voice taken out and replaced%n%n", split,
                model, seed));
        out.append(String.format(ROW, "windows", "voice", "F1", "95 % over files", "prec.", "recall", "hits/bar (truth)",
                "MAE", "corr.", "presence", "timing", "vel.", "timing", "vel."));
        out.append(String.format(ROW, "", "", "", "", "", "", "", "", "", "accuracy", "MAE ms", "MAE", "KL", "KL"));
        for (Result result : results) {
            InfillMetrics m = result.metrics;
            out.append(String.format(ROW, result.mode, result.voice, number(m.onset().f1()),
                    m.onset().f1FileCi() == null
                            ? "-"
                            : number(m.onset().f1FileCi().low()) + " to " + number(m.onset().f1FileCi().high()),
                    number(m.onset().precision()), number(m.onset().recall()),
                    String.format(Locale.ROOT, "%.3f (%.3f)", m.density().mean().answer(), m.density().mean().truth()),
                    number(m.density().mae()), number(m.density().corr()), number(m.presence().accuracy()),
                    number(m.matched().offsetMaeMs()), number(m.matched().velocityMae()),
                    number(m.distribution() == null ? null : m.distribution().timingKl()),
                    number(m.distribution() == null ? null : m.distribution().velocityKl())));
        }
        return out.toString();
    }

    private static String number(Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, value < 10 ? "%.3f" : value < 1e4 ? "%.1f" : "%.0e", value);
    }
}
