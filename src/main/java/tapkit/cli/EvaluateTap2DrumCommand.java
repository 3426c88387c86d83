package tapkit.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tapkit.UserError;
import tapkit.data.GrooveDataset;
import tapkit.data.Split;
import tapkit.data.Take;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.evaluate.Drummers;
import tapkit.evaluate.PredictionFile;
import tapkit.evaluate.Setting;
import tapkit.evaluate.Tap2DrumEvaluation;
import tapkit.evaluate.Tap2DrumReport;
import tapkit.evaluate.Tap2DrumReport.Result;
import tapkit.evaluate.TapInput;
import tapkit.model.InferenceEngine;
import tapkit.model.Models;

/** Measures how well taps are answered with drums. */
@Command(name = "tap2drum", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Measure how a model answers taps with drums.",
                "Taps are drum tracks collapsed to one voice. Without --windows both ways of cutting are measured; with --hands"
                        + " the same taps are measured again as real hands would tap them."})
final class EvaluateTap2DrumCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of the Groove MIDI Dataset.")
    private Path data;

    @Option(names = "--split", defaultValue = "validation", paramLabel = "SPLIT",
            description = "One of ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private Split split;

    @Option(names = "--model", paramLabel = "NAME", defaultValue = Models.TAP2DRUM,
            description = {"Model, by name or file; or a trivial answer: usual-voices, nearest-taps.",
                    "Default: ${DEFAULT-VALUE}, the one that ships."})
    private String model;

    @Option(names = "--engine", paramLabel = "NAME", defaultValue = "vector",
            description = "Who computes the network: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private InferenceEngine engine;

    @Option(names = "--tap-velocity", description = "Give the taps' velocities; the paper withholds them.")
    private boolean tapVelocity;

    @Option(names = "--hands", description = "Also disturb the taps as real hands do.")
    private boolean hands;

    @Option(names = "--windows", paramLabel = "HOW",
            description = "Only ${COMPLETION-CANDIDATES}: by time as the paper does, or on the grid as tapkit plays.")
    private Windowing windowing;

    @Option(names = "--temperature", paramLabel = "X", defaultValue = "0",
            description = "0 for the thresholded answer, up to 2. Default: ${DEFAULT-VALUE}.")
    private double temperature;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "Seed of hands and sampling. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--dump", paramLabel = "F.csv",
            description = "Write the answers: to hands if --hands, of cut windows unless --windows aligned.")
    private Path dump;

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    private boolean json;

    @Override
    public Integer call() {
        if (!(temperature >= 0 && temperature <= 2)) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--temperature must be from 0 to 2");
        }
        Setting setting = new Setting(engine, OptionalDouble.of(temperature));
        GrooveDataset dataset = GrooveDataset.open(data);
        List<Take> takes = dataset.takes(split);
        List<Take> training = split == Split.TRAIN ? takes : dataset.takes(Split.TRAIN);
        PrintWriter progress = spec.commandLine().getErr();
        List<Result> results = new ArrayList<>();
        for (Windowing how : windowing == null ? List.of(Windowing.values()) : List.of(windowing)) {
            List<Window> known = Window.of(training, how);
            List<Window> windows = Window.of(takes, how);
            if (windows.isEmpty()) {
                throw new UserError(data + ": no take of the " + split + " split is two bars long");
            }
            for (boolean byHand : hands ? new boolean[]{false, true} : new boolean[]{false}) {
                progress.printf("%d %s windows, %s taps%n", windows.size(), how, byHand ? "hands'" : "clean");
                progress.flush();
                var evaluation = new Tap2DrumEvaluation(windows, new TapInput(tapVelocity, byHand, seed),
                        Drummers.open(model, setting, () -> known), seed);
                results.add(new Result(how.label(), byHand ? "hands" : "clean", evaluation.metrics(known)));
                if (dump != null && byHand == hands && (how == windowing || how == Windowing.CUT)) {
                    PredictionFile.write(dump, windows, evaluation.answers());
                }
            }
        }
        var report = new Tap2DrumReport("tap2drum", split.label(), model, tapVelocity, temperature, seed, results);
        spec.commandLine().getOut().print(json ? report.json() + System.lineSeparator() : report.text());
        spec.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }
}
