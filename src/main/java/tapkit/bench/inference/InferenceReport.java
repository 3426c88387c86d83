package tapkit.bench.inference;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import tapkit.model.InferenceEngine;

/**
 * What {@link InferenceBench} measured.
 *
 * @param live     two bars of the live network on each engine, first on the one that is used
 * @param paper    the same of the paper-sized network
 * @param atTheEnd what of it is left when the bars end
 * @param bars     the live network over longer sequences
 * @param threads  the live network on several threads
 * @param steal    percent; empty where it is not known
 */
public record InferenceReport(List<InferenceFigures> live, List<InferenceFigures> paper, InferenceFigures atTheEnd,
        List<Growth> bars, List<Growth> threads, int cores, OptionalDouble steal) {
    /** So many bars or threads; a second's inferences are all threads' together. */
    public record Growth(int count, double p50Millis, double perSecond) {
    }

    public InferenceReport {
        live = List.copyOf(live);
        paper = List.copyOf(paper);
        bars = List.copyOf(bars);
        threads = List.copyOf(threads);
    }

    /** One JSON document, without a line's end. */
    public String json() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        put(root.putObject(Workload.LIVE), live.getFirst());
        put(root.putObject(Workload.PAPER), paper.getFirst());
        put(root.putObject("paper_at_the_bars_end"), atTheEnd);
        ArrayNode engines = root.putArray("engines");
        live.forEach(figures -> put(engines.addObject(), figures));
        paper.forEach(figures -> put(engines.addObject(), figures));
        put(root.putArray("bars"), "bars", bars);
        put(root.putArray("threads"), "threads", threads);
        steal.ifPresent(percent -> root.put("steal_percent", round(percent)));
        return root.put("cores", cores).toPrettyString();
    }

    private static void put(ObjectNode node, InferenceFigures figures) {
        node.put("network", figures.network()).put("engine", figures.engine().toString())
                .put("weights", figures.work().weights()).put("precision", figures.engine().precision().toString())
                .put("inferences", figures.inferences()).put("p50_ms", round(figures.p50Millis()))
                .put("p99_ms", round(figures.p99Millis())).put("bytes_per_inference", figures.work().bytes())
                .put("multiply_adds", figures.work().multiplyAdds()).put("read_ms", round(figures.readMillis()))
                .put("multiply_ms", round(figures.multiplyMillis())).put("floor_ms", round(figures.floorMillis()))
                .put("p50_over_floor", round(figures.overFloor()));
    }

    private static void put(ArrayNode array, String what, List<Growth> growth) {
        growth.forEach(point -> array.addObject().put(what, point.count()).put("p50_ms", round(point.p50Millis()))
                .put("per_second", round(point.perSecond())));
    }

    private static double round(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }

    /** The same for people. */
    public String text() {
        Formatter text = new Formatter(Locale.ROOT);
        text.format("%-26s %-12s %9s %9s %7s %9s %9s %7s%n", "two bars", "engine", "p50 ms", "p99 ms", "MB", "floor ms",
                "over it",
                "scalar");
        rows(text, "live", live);
        rows(text, "paper", paper);
        row(text, "paper, at the bars' end", atTheEnd, Double.NaN);
        text.format("%nlive, by bars             %s%n", points(bars, " bars %.2f ms"));
        text.format("live, by threads          %s%n", points(threads, ": %.2f ms, %.0f a second"));
        text.format(
                "MB: weights read in an inference. Floor: to read them and nothing else, or to do the multiply-adds alone.%n");
        text.format("%d cores, steal %s%n", cores, steal.isPresent() ? "%.1f %%".formatted(steal.getAsDouble()) : "unknown");
        return text.toString();
    }

    private static void rows(Formatter text, String name, List<InferenceFigures> figures) {
        double scalar = figures.stream().filter(f -> f.engine() == InferenceEngine.SCALAR)
                .mapToDouble(InferenceFigures::p50Millis).findFirst().orElse(Double.NaN);
        for (InferenceFigures each : figures) {
            row(text, "%s, %,d weights".formatted(name, each.work().weights()), each, scalar / each.p50Millis());
        }
    }

    private static void row(Formatter text, String name, InferenceFigures figures, double faster) {
        text.format("%-26s %-12s %9.3f %9.3f %7.1f %9.3f %9.2f %7s%n", name, figures.engine(), figures.p50Millis(),
                figures.p99Millis(), figures.work().bytes() / 1e6, figures.floorMillis(), figures.overFloor(),
                Double.isNaN(faster) ? "" : "%.0fx".formatted(faster));
    }

    private static String points(List<Growth> growth, String format) {
        StringBuilder points = new StringBuilder();
        for (Growth point : growth) {
            points.append(points.isEmpty() ? "" : "; ").append(point.count())
                    .append(String.format(Locale.ROOT, format, point.p50Millis(), point.perSecond()));
        }
        return points.toString();
    }
}
