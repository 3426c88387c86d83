package tapkit.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tapkit.bench.TimingBench;
import tapkit.bench.TimingReport;
import tapkit.port.jack.JackBackend;

/** {@code tapkit bench timing}: how late MIDI leaves, side by side with what else there is. */
@Command(name = "timing", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Measure how late MIDI messages leave this machine, all in the same window: by tapkit's timed thread, "
                + "through a running JACK or PipeWire server, by the JDK's Sequencer, and the floor, a loop of clock_nanosleep "
                + "with real-time priority.",
                "Measures as the user who runs it: without real-time rights the figures are worse; see native-config."})
final class BenchTimingCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "30",
            description = "How long to measure, 1 to 3600; default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(names = "--load",
            description = "Measure under load: inference on every tap, the page open, 200 MB/s of garbage, two busy processes")
    private boolean load;

    @Option(names = "--json", description = "Print one JSON document")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (seconds < 1 || seconds > 3600) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--seconds is " + seconds + "; it must be 1 to 3600");
        }
        PrintWriter progress = spec.commandLine().getErr();
        TimingReport report = new TimingBench(new JackBackend(), Duration.ofSeconds(seconds), load, line -> {
            progress.println("tapkit: " + line);
            progress.flush();
        }).run();
        spec.commandLine().getOut().print(json ? report.json() + System.lineSeparator() : report.text());
        spec.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }
}
