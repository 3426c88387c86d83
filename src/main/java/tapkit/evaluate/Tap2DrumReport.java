package tapkit.evaluate;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import tapkit.evaluate.Tap2DrumMetrics.Interval;
import tapkit.evaluate.Tap2DrumMetrics.Pair;
import tapkit.grid.Voice;

/** The result of an evaluation with the conditions under which it was made, as a table and as JSON. */
@JsonNaming(SnakeCaseStrategy.class)
public record Tap2DrumReport(String task, String split, String model, boolean tapVelocity, double temperature, long seed,
        List<Result> results) {
    /** Metrics under one condition: windows {@code cut} or {@code aligned}, taps {@code clean} or {@code hands}. */
    public record Result(String mode, String taps, @JsonUnwrapped Tap2DrumMetrics metrics) {
    }

    /** One document, with the names that the metrics have elsewhere. */
    public String json() {
        try {
            return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A table for people, a column for each condition. */
    public String text() {
        StringBuilder out = new StringBuilder();
        out.append(String.format(Locale.ROOT, "Tap2Drum, %s split, %s, tap velocity %s, temperature %s, seed %d%n%n", split,
                model, tapVelocity ? "given" : "withheld", temperature, seed));
        row(out, "windows", r -> r.mode);
        row(out, "taps", r -> r.taps);
        row(out, "count", r -> Integer.toString(r.metrics.windows()));
        row(out, "onset F1", r -> number(r.metrics.onset().f1()));
        row(out, "  95 % over files", r -> interval(r.metrics.onset().f1FileCi()));
        row(out, "  precision", r -> number(r.metrics.onset().precision()));
        row(out, "  recall", r -> number(r.metrics.onset().recall()));
        row(out, "macro F1", r -> number(r.metrics.macroF1()));
        for (Voice voice : Voice.values()) {
            row(out, "  F1 " + voice.label(), r -> number(r.metrics.voiceF1().get(voice.label())));
        }
        row(out, "taps answered", r -> number(r.metrics.tapCoverage()));
        row(out, "steps without tap", r -> number(r.metrics.spuriousSteps()));
        row(out, "hits per bar (truth)", r -> pair(r.metrics.densityMean()));
        row(out, "  against truth", r -> String.format(Locale.ROOT, "%+.1f %%",
                100 * (r.metrics.densityMean().answer() / r.metrics.densityMean().truth() - 1)));
        row(out, "  W1", r -> number(r.metrics.densityW1()));
        row(out, "timing MAE ms", r -> number(r.metrics.matched().offsetMaeMs()));
        row(out, "velocity MAE", r -> number(r.metrics.matched().velocityMae()));
        row(out, "voice JS", r -> number(r.metrics.voiceJs()));
        row(out, "voice x position JS", r -> number(r.metrics.voicePosJs()));
        row(out, "timing KL", r -> number(r.metrics.distribution().timingKl()));
        row(out, "velocity KL", r -> number(r.metrics.distribution().velocityKl()));
        row(out, "syncopation (truth)", r -> pair(r.metrics.syncMean()));
        row(out, "nearest training (truth)", r -> r.metrics.novelty() == null
                ? "-"
                : pair(new Pair(r.metrics.novelty().trueNnHammingMedian(), r.metrics.novelty().nnHammingMedian())));
        row(out, "  exact copies (truth)", r -> r.metrics.novelty() == null
                ? "-"
                : pair(new Pair(r.metrics.novelty().trueCopies(), r.metrics.novelty().copies())));
        row(out, "distinct (truth)", r -> pair(r.metrics.distinct()));
        return out.toString();
    }

    private void row(StringBuilder out, String name, Function<Result, String> value) {
        StringBuilder line = new StringBuilder(String.format("%-26s", name));
        results.forEach(result -> line.append(String.format("%18s", value.apply(result))));
        out.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }

    private static String number(Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String pair(Pair pair) {
        return String.format(Locale.ROOT, "%.3f (%.3f)", pair.answer(), pair.truth());
    }

    private static String interval(Interval interval) {
        return interval == null ? "-" : String.format(Locale.ROOT, "%.4f-%.4f", interval.low(), interval.high());
    }
}
