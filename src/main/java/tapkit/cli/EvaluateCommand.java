package tapkit.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Measures models; each task is a subcommand. */
@Command(name = "evaluate", mixinStandardHelpOptions = true, description = "Measure a model on the Groove MIDI Dataset.",
        synopsisSubcommandLabel = "TASK", subcommands = { //
                EvaluateHumanizeCommand.class, //
                EvaluateInfillCommand.class, //
                EvaluateTap2DrumCommand.class})
final class EvaluateCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "no task given");
    }
}
