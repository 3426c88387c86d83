package tapkit.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tapkit.UserError;
import tapkit.data.DatasetFigures;
import tapkit.data.GrooveDataset;
import tapkit.data.Split;
import tapkit.data.Take;
import tapkit.evaluate.Results;
import tapkit.evaluate.Table;

/** {@code tapkit evaluate dataset}. */
@Command(name = "dataset", mixinStandardHelpOptions = true,
        description = {"Check a copy of the Groove MIDI Dataset: what it holds, and whether that is what was released.",
                "Fails if a split is missing, damaged, or not the released one."})
final class EvaluateDatasetCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of the Groove MIDI Dataset.")
    private Path data;

    @Override
    public Integer call() {
        GrooveDataset dataset = GrooveDataset.open(data);
        List<Table.Row> rows = new ArrayList<>();
        boolean whole = true;
        for (Split split : Split.values()) {
            try {
                List<Take> takes = dataset.takes(split);
                rows.add(Results.figures(split, takes));
                whole &= DatasetFigures.of(takes).matches(split);
            } catch (UserError e) {
                spec.commandLine().getErr().println("tapkit: " + e.getMessage());
                whole = false;
            }
        }
        spec.commandLine().getOut().print(Results.dataset(rows).text());
        spec.commandLine().getOut().flush();
        return whole ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
