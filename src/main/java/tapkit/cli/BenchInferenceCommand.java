package tapkit.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tapkit.UserError;
import tapkit.bench.inference.InferenceBench;
import tapkit.bench.inference.InferenceReport;
import tapkit.model.InferenceEngine;

/** {@code tapkit bench inference}: how fast the networks are, against what the machine could do. */
@Command(name = "inference", mixinStandardHelpOptions = true, sortOptions = false,
        description = {
                "Measure how long the networks take on this machine, beside the floor: the time to read their weights and "
                        + "nothing else, or to do their multiply-adds and nothing else, whichever is longer.",
                "live is the network that answers taps, paper one of the paper's size; docs/performance.md explains the rest."})
final class BenchInferenceCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "30",
            description = "How long to measure, 5 to 3600, about; default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(names = "--engine", paramLabel = "NAME", split = ",",
            description = {"Engines to compare, the first of which is reported as live and paper: ${COMPLETION-CANDIDATES}.",
                    "Default: all but nd4j."})
    private List<InferenceEngine> engines = InferenceBench.ENGINES;

    @Option(names = "--json", description = "Print one JSON document")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        if (seconds < 5 || seconds > 3600) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--seconds is " + seconds + "; it must be 5 to 3600");
        }
        if (!InferenceEngine.hasVectorApi()) {
            throw new UserError("the floor is measured with the Vector API, which this JVM was started without; start it with "
                    + "--add-modules=jdk.incubator.vector, as the launcher does");
        }
        PrintWriter progress = spec.commandLine().getErr();
        InferenceReport report = new InferenceBench(engines, Duration.ofSeconds(seconds), line -> {
            progress.println("tapkit: " + line);
            progress.flush();
        }).run();
        spec.commandLine().getOut().print(json ? report.json() + System.lineSeparator() : report.text());
        spec.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }
}
