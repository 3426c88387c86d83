package tapkit.bench.inference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks with whatever options JMH takes, and prints what docs/performance.md shows: every network and precision
 * against the floor, the scalar kernel and DL4J, then how the cost grows.
 */
public final class InferenceTable {
    private static final int[] THREADS = {1, 2, 4};

    private InferenceTable() {
    }

    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        Options options = new CommandLineOptions(arguments);
        boolean all = options.getIncludes().isEmpty();
        Map<String, RunResult> results = run(builder(options));
        for (int count : THREADS) {
            if (all && count <= Runtime.getRuntime().availableProcessors()) {
                run(builder(options).include("InferenceBenchmark.infer").param("network", Workload.LIVE)
                        .param("engine", "VECTOR_BF16").threads(count))
                        .forEach((name, result) -> results.put(count + " threads, " + name, result));
            }
        }
        networks(results);
        System.out.println("\n| | p50 ms | p99 ms |\n|---|---|---|");
        results.forEach((name, result) -> System.out.printf(Locale.ROOT, "| %s | %.3f | %.3f |%n", name,
                percentile(result, 50), percentile(result, 99)));
    }

    private static ChainedOptionsBuilder builder(Options options) {
        return new OptionsBuilder().parent(options);
    }

    private static Map<String, RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
        Map<String, RunResult> named = new LinkedHashMap<>();
        for (RunResult result : new Runner(options.build()).run()) {
            BenchmarkParams parameters = result.getParams();
            StringBuilder name = new StringBuilder(parameters.getBenchmark().replaceAll(".*\\.", ""));
            parameters.getParamsKeys().forEach(key -> name.append(' ').append(parameters.getParam(key)));
            named.put(name.toString(), result);
        }
        return named;
    }

    private static void networks(Map<String, RunResult> results) {
        System.out.println("\n| network | weights in | p50 ms | p99 ms | reading alone | multiplying alone | p50 / floor | "
                + "faster than scalar | than DL4J |\n|---|---|---|---|---|---|---|---|---|");
        for (String network : List.of(Workload.LIVE, Workload.PAPER)) {
            double scalar = median(results, "infer", network, "SCALAR");
            double dl4j = median(results, "infer", network, "ND4J");
            for (String engine : List.of("VECTOR_FP32", "VECTOR_BF16", "VECTOR_INT8", "SCALAR", "ND4J")) {
                RunResult result = results.get(key("infer", network, engine));
                if (result == null) {
                    continue; // left out by -p
                }
                double p50 = percentile(result, 50);
                double read = median(results, "read", network, engine);
                double multiply = median(results, "multiply", network, engine);
                System.out.printf(Locale.ROOT, "| %s | %s | %.3f | %.3f | %.3f | %.3f | %.2f | %.1f | %.1f |%n", network,
                        engine.toLowerCase(Locale.ROOT).replace('_', ' '), p50, percentile(result, 99), read, multiply,
                        p50 / Math.max(read, multiply), scalar / p50, dl4j / p50);
            }
        }
    }

    /** The order of parameters is JMH's: by name. */
    private static String key(String benchmark, String network, String engine) {
        return benchmark + " " + engine + " " + network;
    }

    private static double median(Map<String, RunResult> results, String benchmark, String network, String engine) {
        RunResult result = results.get(key(benchmark, network, engine));
        return result == null ? Double.NaN : percentile(result, 50);
    }

    private static double percentile(RunResult result, double percent) {
        return result.getPrimaryResult().getStatistics().getPercentile(percent);
    }
}
