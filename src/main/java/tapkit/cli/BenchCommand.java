package tapkit.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Measures this machine: each benchmark is a subcommand. */
@Command(name = "bench", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "BENCHMARK",
        description = "Measure how fast and how punctual tapkit is on this machine.", subcommands = { //
                BenchClockCommand.class, //
                BenchInferenceCommand.class, //
                BenchTimingCommand.class, //
        })
final class BenchCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "no benchmark given");
    }
}
