package tapkit.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tapkit.data.GrooveDataset;
import tapkit.data.Split;
import tapkit.evaluate.EvaluationSet;
import tapkit.evaluate.PrecisionTables;
import tapkit.evaluate.Table;

/** {@code tapkit evaluate precision}. */
@Command(name = "precision", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measure what fewer bits a weight cost: the metrics of the shipped precision beside those of fp32 and int8.")
final class EvaluatePrecisionCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of the Groove MIDI Dataset.")
    private Path data;

    @Option(names = "--split", defaultValue = "validation", paramLabel = "SPLIT",
            description = "One of ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private Split split;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "Seed of what is left to chance. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter progress = spec.commandLine().getErr();
        List<Table> tables = new PrecisionTables(new EvaluationSet(GrooveDataset.open(data), split), seed, line -> {
            progress.println(line);
            progress.flush();
        }).tables();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Table.json(split, seed, tables));
        } else {
            out.printf("%s split, seed %d%n%n", split, seed);
            tables.forEach(table -> out.print(table.text()));
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
