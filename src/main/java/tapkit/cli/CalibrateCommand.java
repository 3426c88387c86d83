package tapkit.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tapkit.UserError;
import tapkit.data.GrooveDataset;
import tapkit.model.Models;
import tapkit.train.TapCalibrator;

/** {@code tapkit calibrate}: the last step of training by itself. */
@Command(name = "calibrate", mixinStandardHelpOptions = true,
        description = {
                "Choose anew how a Tap2Drum model is decoded: thresholds and the spread of velocities, on the validation split.",
                "The weights stay as they are."})
final class CalibrateCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Parameters(arity = "0..1", defaultValue = Models.TAP2DRUM, paramLabel = "MODEL",
            description = "Name of a model in models/, or a .safetensors file (${DEFAULT-VALUE}).")
    private String model;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of the Groove MIDI Dataset.")
    private Path data;

    @Option(names = "--out", required = true, paramLabel = "DIR",
            description = "Folder for model and card; it may be the model's own.")
    private Path out;

    @Override
    public Integer call() {
        var trained = Models.load(model);
        if (!Files.isDirectory(out)) {
            throw new UserError(out + " is no folder; make it, or name another with --out");
        }
        spec.commandLine().getOut().println(new TapCalibrator(GrooveDataset.open(data)).run(trained, out));
        return CommandLine.ExitCode.OK;
    }
}
