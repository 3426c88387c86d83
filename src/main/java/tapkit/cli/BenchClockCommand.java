package tapkit.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tapkit.bench.ClockBench;

/** {@code tapkit bench clock}: how closely a MIDI clock is followed. */
@Command(name = "clock", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measure how closely a MIDI clock is followed that jitters, drifts, jumps, drops out or comes twice: a "
                + "simulation in which the sender's beat is known.")
final class BenchClockCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--seeds", paramLabel = "N", defaultValue = "24",
            description = "Runs of each case, 1 to 1000; default: ${DEFAULT-VALUE}")
    private int seeds;

    @Option(names = "--json", description = "Print one JSON document")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        if (seeds < 1 || seeds > 1000) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--seeds is " + seeds + "; it must be 1 to 1000");
        }
        List<ClockBench.Row> rows = new ClockBench(seeds).run();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .writerWithDefaultPrettyPrinter().writeValueAsString(rows));
        } else {
            out.println("| clock | rms | worst seed's rms | peak | within 1 ms after | bar line off |");
            out.println("|---|---|---|---|---|---|");
            for (ClockBench.Row row : rows) {
                out.println(
                        String.format(Locale.ROOT, "| %s | %.3f ms | %.3f ms | %.2f ms | %.1f beats | %d ticks |", row.name(),
                                row.rmsMillis(), row.worstRmsMillis(), row.peakMillis(), row.settledBeats(), row.ticksOff()));
            }
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
