package tapkit.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tapkit.data.Windowing;
import tapkit.evaluate.EvaluationSet;
import tapkit.evaluate.HumanizeEvaluation;
import tapkit.evaluate.HumanizeReport;
import tapkit.evaluate.HumanizeReport.Result;
import tapkit.evaluate.Humanizers;
import tapkit.evaluate.NeighbourSearch;
import tapkit.evaluate.PredictionFile;

/** {@code tapkit evaluate humanize}. */
@Command(name = "humanize", mixinStandardHelpOptions = true,
        description = {"Humanization: hits of two bars in, their timing and velocity out.",
                "Each hit is compared with the drummer's. 95 %% intervals over notes, as the paper has them, and over files."})
final class EvaluateHumanizeCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private EvaluationOptions options;

    @Option(names = "--model", paramLabel = "NAME", defaultValue = Humanizers.DEFAULT,
            description = {"Model, by name or file; or quantized, jitter, linear, knn, knn-1, knn-all.",
                    "Default: ${DEFAULT-VALUE}, the one that ships."})
    private String model;

    @Option(names = "--versus", paramLabel = "NAME",
            description = "Also the difference from another model, by the paired bootstrap over files.")
    private String versus;

    @Option(names = "--search", description = "Instead, search the best number of neighbours for knn.")
    private boolean search;

    @Override
    public Integer call() {
        var setting = options.setting();
        EvaluationSet set = options.set();
        if (search) {
            spec.commandLine().getOut().print(NeighbourSearch.table(set).text());
            spec.commandLine().getOut().flush();
            return CommandLine.ExitCode.OK;
        }
        List<Result> results = new ArrayList<>();
        for (Windowing how : options.windowings()) {
            spec.commandLine().getErr().printf("%d %s windows%n", set.windows(how).size(), how);
            spec.commandLine().getErr().flush();
            var evaluation = new HumanizeEvaluation(set, how, Humanizers.open(model, setting, how, () -> set.training(how)),
                    options.seed());
            var other = versus == null
                    ? null
                    : new HumanizeEvaluation(set, how, Humanizers.open(versus, setting, how, () -> set.training(how)),
                            options.seed()).metrics();
            results.add(new Result(how.label(), evaluation.metrics(), other));
            if (options.dump(how) != null) {
                PredictionFile.write(options.dump(how), set.windows(how), evaluation.answers());
            }
        }
        var report = new HumanizeReport(options.split().label(), model, versus, options.seed(), results);
        spec.commandLine().getOut().print(options.json() ? report.json() + System.lineSeparator() : report.text());
        spec.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }
}
