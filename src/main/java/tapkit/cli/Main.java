package tapkit.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import tapkit.UserError;
import tapkit.model.InferenceEngine;

/** The {@code tapkit} command. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(name = "tapkit", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND", description = "Tap a rhythm on one pad; hear a whole drum kit play it.")
public final class Main implements Runnable {
    private static final List<Class<?>> COMMANDS = List.of( //
            PlayCommand.class, //
            BenchCommand.class, //
            CalibrateCommand.class, //
            DoctorCommand.class, //
            EvaluateCommand.class, //
            ExportCommand.class, //
            GrooveCommand.class, //
            HumanizeCommand.class, //
            InfillCommand.class, //
            InterpolateCommand.class, //
            LearnKitCommand.class, //
            LicensesCommand.class, //
            ListenCommand.class, //
            PortsCommand.class, //
            ReplayCommand.class, //
            SampleCommand.class, //
            StatusCommand.class, //
            Tap2DrumCommand.class, //
            TrainCommand.class);

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private Main() {
    }

    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals(name(PlayCommand.class))) { // this takes longest, and is the same for all options
            Thread.ofPlatform().daemon().name("tapkit-start-kernels").start(InferenceEngine.VECTOR::warmUp);
        }
        System.exit(run(args));
    }

    /** Runs one command line and returns its exit code. */
    public static int run(String... args) {
        return commandLine(args).execute(args);
    }

    /** Knows only the command that is named first, since picocli takes long to look into them all; without one it knows all. */
    static CommandLine commandLine(String... args) {
        CommandLine main = new CommandLine(new Main());
        List<Class<?>> named = COMMANDS.stream().filter(command -> args.length > 0 && name(command).equals(args[0])).toList();
        (named.isEmpty() ? COMMANDS : named).forEach(main::addSubcommand);
        return main.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::misused).setExecutionExceptionHandler(Main::report);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getErr());
        throw new CommandLine.ParameterException(spec.commandLine(), "no command given");
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    private static int misused(CommandLine.ParameterException misuse, String[] args) {
        CommandLine command = misuse.getCommandLine();
        command.getErr().println("tapkit: " + misuse.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(misuse, command.getErr());
        command.getErr().println("tapkit: see " + command.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    private static int report(Exception failure, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (failure instanceof UserError) {
            command.getErr().println("tapkit: " + failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw failure;
    }

    /** The version that this is, or that it is none. */
    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[]{"tapkit " + version()};
        }
    }
}
