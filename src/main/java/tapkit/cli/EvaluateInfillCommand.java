package tapkit.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tapkit.data.Windowing;
import tapkit.evaluate.EvaluationSet;
import tapkit.evaluate.InfillEvaluation;
import tapkit.evaluate.InfillReport;
import tapkit.evaluate.InfillReport.Result;
import tapkit.evaluate.InfillSearch;
import tapkit.evaluate.Infillers;
import tapkit.evaluate.PredictionFile;
import tapkit.grid.Voice;
import tapkit.model.Infiller;

/** {@code tapkit evaluate infill}. */
@Command(name = "infill", mixinStandardHelpOptions = true,
        description = {"Infilling: a voice is taken out of two bars and played anew, hearing the others.",
                "Every voice in turn. The paper takes out the closed hi-hat (--voice closed-hat)."})
final class EvaluateInfillCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private EvaluationOptions options;

    @Option(names = "--model", paramLabel = "NAME", defaultValue = Infillers.DEFAULT,
            description = {"Model, by name or file; or eighths, nearest-vote, linear.",
                    "Default: ${DEFAULT-VALUE}, the one that ships."})
    private String model;

    @Option(names = "--voice", split = ",", paramLabel = "NAME",
            description = "Only these: kick, snare, closed-hat, open-hat, low-tom, mid-tom, high-tom, crash, ride.")
    private List<String> names;

    @Option(names = "--together", description = "Hide these voices all at once, not one after the other.")
    private boolean together;

    @Option(names = "--search", description = "Instead, search the thresholds of nearest-vote and linear.")
    private boolean search;

    @Override
    public Integer call() {
        var setting = options.setting();
        List<Voice> voices = names == null
                ? List.of(Voice.values())
                : names.stream().map(this::voice).distinct().sorted().toList();
        List<Set<Voice>> parts = together ? List.of(EnumSet.copyOf(voices)) : voices.stream().map(Set::of).toList();
        if (options.dump(Windowing.CUT) != null && parts.size() > 1) {
            throw new CommandLine.ParameterException(spec.commandLine(),
                    "--dump writes one answer; name the voice with --voice, or say --together");
        }
        EvaluationSet set = options.set();
        if (search) {
            spec.commandLine().getOut().print(InfillSearch.table(set).text());
            spec.commandLine().getOut().flush();
            return CommandLine.ExitCode.OK;
        }
        List<Result> results = new ArrayList<>();
        for (Windowing how : options.windowings()) {
            Infiller infiller = Infillers.open(model, setting, how, () -> set.training(how));
            for (Set<Voice> part : parts) {
                String label = part.stream().map(Voice::label).collect(Collectors.joining(","));
                spec.commandLine().getErr().printf("%d %s windows, %s%n", set.windows(how).size(), how, label);
                spec.commandLine().getErr().flush();
                var evaluation = new InfillEvaluation(set, how, infiller, part, options.seed());
                results.add(new Result(how.label(), label, evaluation.metrics()));
                if (options.dump(how) != null) {
                    PredictionFile.write(options.dump(how), set.windows(how), evaluation.answers());
                }
            }
        }
        var report = new InfillReport("infill", options.split().label(), model, options.seed(), results);
        spec.commandLine().getOut().print(options.json() ? report.json() + System.lineSeparator() : report.text());
        spec.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }

    private Voice voice(String name) {
        return Voice.named(name).orElseThrow(() -> new CommandLine.ParameterException(spec.commandLine(), "no voice is called '"
                + name + "'; there are "
                + Arrays.stream(Voice.values()).map(Voice::label).collect(Collectors.joining(", "))));
    }
}
