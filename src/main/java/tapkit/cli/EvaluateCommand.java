package tapkit.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tapkit.OutputFile;
import tapkit.data.GrooveDataset;
import tapkit.data.Split;
import tapkit.evaluate.EvaluationSet;
import tapkit.evaluate.Results;
import tapkit.evaluate.Table;
import tapkit.render.OffsetFigure;

/** Measures models: each task is a subcommand, and {@code --all} makes every table. */
@Command(name = "evaluate", mixinStandardHelpOptions = true,
        description = {"Measure a model on the Groove MIDI Dataset (name a TASK),",
                "or every model in every task: --all prints the tables of docs/results.md."},
        synopsisSubcommandLabel = "[TASK]", subcommands = { //
                EvaluateDatasetCommand.class, //
                EvaluateHumanizeCommand.class, //
                EvaluateInfillCommand.class, //
                EvaluatePrecisionCommand.class, //
                EvaluateTap2DrumCommand.class})
final class EvaluateCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--all", description = "Every model, every task: all tables. Takes some minutes.")
    private boolean all;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of the Groove MIDI Dataset.")
    private Path data;

    @Option(names = "--split", defaultValue = "validation", paramLabel = "SPLIT",
            description = "One of ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private Split split;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "Seed of what is left to chance. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--markdown", paramLabel = "F.md", description = "Also write the tables as Markdown.")
    private Path markdown;

    @Option(names = "--csv", paramLabel = "F.csv", description = "Also write every figure with its intervals, a line for each.")
    private Path csv;

    @Option(names = "--figure", paramLabel = "F.png",
            description = "Also draw the paper's figure 2: timing on and off the beat, ours against the drummers'.")
    private Path figure;

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    private boolean json;

    @Override
    public Integer call() {
        if (!all) {
            throw new CommandLine.ParameterException(spec.commandLine(), "no task given; or --all");
        }
        if (data == null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--all needs --data DIR");
        }
        for (Path file : new Path[]{markdown, csv, figure}) {
            if (file != null) {
                OutputFile.requireWritable(file);
            }
        }
        PrintWriter progress = spec.commandLine().getErr();
        Results results = new Results(new EvaluationSet(GrooveDataset.open(data), split), seed, line -> {
            progress.println(line);
            progress.flush();
        });
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Table.json(split, seed, results.tables()));
        } else {
            out.printf("%s split, seed %d%n%n", split, seed);
            results.tables().forEach(table -> out.print(table.text()));
        }
        out.flush();
        if (markdown != null) {
            write(markdown, results.tables().stream().map(Table::markdown).collect(Collectors.joining()));
        }
        if (csv != null) {
            write(csv, Table.csv(results.tables()));
        }
        if (figure != null) {
            OffsetFigure.write(figure, "Timing of humanized scores, " + split + " split", results.drummers().byPlace(),
                    results.ours().byPlace());
        }
        return CommandLine.ExitCode.OK;
    }

    private static void write(Path file, String text) {
        OutputFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
