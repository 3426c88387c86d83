package tapkit.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tapkit.OutputFile;
import tapkit.data.GrooveDataset;
import tapkit.data.Split;
import tapkit.evaluate.EvaluationSet;
import tapkit.listen.Listening;
import tapkit.listen.ListeningServer;
import tapkit.listen.WinRates;

/** {@code tapkit listen}: a blind test, answered on a page. */
@Command(name = "listen", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Compare the models with drummers by ear, without knowing who plays.",
                "Answers are kept one by one: stop whenever you like, the same command goes on."})
final class ListenCommand implements Callable<Integer> {
    /** Long enough for the page to ask for the result. */
    private static final long LAST_WORD_MILLIS = 3_000;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Source source;

    @Option(names = "--split", defaultValue = "validation", paramLabel = "SPLIT",
            description = "One of ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private Split split;

    @Option(names = "--pairs", defaultValue = "40", paramLabel = "N",
            description = "Pairs, all comparisons together. Default: ${DEFAULT-VALUE}.")
    private int pairs;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N",
            description = "Seed of what is played, its order and its sides. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--tap-velocity", description = "Tap2Drum hears how hard the taps are.")
    private boolean tapVelocity;

    @Option(names = "--answers", defaultValue = "listening.csv", paramLabel = "F.csv",
            description = "File that answers are added to. Default: ${DEFAULT-VALUE}.")
    private Path answers;

    @Option(names = "--web-port", defaultValue = "8766", paramLabel = "N",
            description = "Port of the page; 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private int webPort;

    @Option(names = "--open", description = "Open the page in the browser.")
    private boolean open;

    /** Either a test or the outcome of one. */
    static final class Source {
        @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of the Groove MIDI Dataset.")
        private Path data;

        @Option(names = "--report", required = true, paramLabel = "ANSWERS.csv",
                description = "Only print the win rates of these answers.")
        private Path report;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (source.report != null) {
            out.print(WinRates.report(source.report));
            out.flush();
            return CommandLine.ExitCode.OK;
        }
        if (pairs < 1 || pairs > 1000) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--pairs must be from 1 to 1000");
        }
        OutputFile.requireWritable(answers);
        PrintWriter progress = spec.commandLine().getErr();
        Listening.leftOut().forEach(progress::println);
        EvaluationSet set = new EvaluationSet(GrooveDataset.open(source.data), split);
        try (Listening listening = Listening.prepare(set, pairs, tapVelocity, seed, answers)) {
            // However it ends: the answers are in the file, and their outcome is printed.
            Thread atExit = new Thread(() -> print(out, listening.report()), "tapkit-exit");
            try (ListeningServer server = ListeningServer.start(listening, webPort)) {
                Runtime.getRuntime().addShutdownHook(atExit);
                progress.printf("page       %s%nseed       %d%nanswers    %s%nCtrl-C ends; the same command goes on%n",
                        server.uri(), seed, answers);
                progress.flush();
                if (open) {
                    Browser.open(server.uri());
                }
                listening.awaitEnd();
                Thread.sleep(LAST_WORD_MILLIS);
            }
            Runtime.getRuntime().removeShutdownHook(atExit);
            print(out, listening.report());
        }
        return CommandLine.ExitCode.OK;
    }

    private static void print(PrintWriter out, String report) {
        out.print(report);
        out.flush();
    }
}
