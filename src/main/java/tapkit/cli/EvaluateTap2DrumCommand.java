package tapkit.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.evaluate.Drummers;
import tapkit.evaluate.EvaluationSet;
import tapkit.evaluate.PredictionFile;
import tapkit.evaluate.Setting;
import tapkit.evaluate.Tap2DrumEvaluation;
import tapkit.evaluate.Tap2DrumReport;
import tapkit.evaluate.Tap2DrumReport.Result;
import tapkit.evaluate.TapInput;
import tapkit.model.Models;

/** Measures how well taps are answered with drums. */
@Command(name = "tap2drum", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Measure how a model answers taps with drums.",
                "Taps are drum tracks collapsed to one voice. Without --windows both ways of cutting are measured; with --hands"
                        + " the same taps are measured again as real hands would tap them, and --dump writes the answers to those."})
final class EvaluateTap2DrumCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private EvaluationOptions options;

    @Option(names = "--model", paramLabel = "NAME", defaultValue = Models.TAP2DRUM,
            description = {"Model, by name or file; or a trivial answer: usual-voices, nearest-taps.",
                    "Default: ${DEFAULT-VALUE}, the one that ships."})
    private String model;

    @Option(names = "--tap-velocity", description = "Give the taps' velocities; the paper withholds them.")
    private boolean tapVelocity;

    @Option(names = "--hands", description = "Also disturb the taps as real hands do.")
    private boolean hands;

    @Override
    public Integer call() {
        Setting setting = options.setting();
        EvaluationSet set = options.set();
        PrintWriter progress = spec.commandLine().getErr();
        List<Result> results = new ArrayList<>();
        for (Windowing how : options.windowings()) {
            List<Window> known = set.training(how);
            List<Window> windows = set.windows(how);
            for (boolean byHand : hands ? new boolean[]{false, true} : new boolean[]{false}) {
                progress.printf("%d %s windows, %s taps%n", windows.size(), how, byHand ? "hands'" : "clean");
                progress.flush();
                var evaluation = new Tap2DrumEvaluation(windows, new TapInput(tapVelocity, byHand, options.seed()),
                        Drummers.open(model, setting, () -> known), options.seed());
                results.add(new Result(how.label(), byHand ? "hands" : "clean", evaluation.metrics(known)));
                if (byHand == hands && options.dump(how) != null) {
                    PredictionFile.write(options.dump(how), windows, evaluation.answers());
                }
            }
        }
        var report = new Tap2DrumReport("tap2drum", options.split().label(), model, tapVelocity,
                setting.temperature().orElse(0),
                options.seed(), results);
        spec.commandLine().getOut().print(options.json() ? report.json() + System.lineSeparator() : report.text());
        spec.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }
}
