package tapkit.cli;

import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tapkit.data.Score;
import tapkit.model.GrooveSpace;
import tapkit.model.Models;
import tapkit.model.Seq2SeqTask;
import tapkit.model.TrainedSeq2Seq;

/** {@code tapkit sample}: new drums out of nothing but a seed. */
@Command(name = "sample", mixinStandardHelpOptions = true, description = "Write new drums, of any length.")
final class SampleCommand implements Runnable {
    private static final int MOST_BARS = 10_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--bars", defaultValue = "2", paramLabel = "N", description = "How many bars (default: ${DEFAULT-VALUE}).")
    private int bars;

    @Option(names = "--bpm", defaultValue = "120", paramLabel = "N", description = "Tempo (default: ${DEFAULT-VALUE}).")
    private double bpm;

    @Mixin
    private PerformanceOptions options;

    @Override
    public void run() {
        if (bars < 1 || bars > MOST_BARS) {
            throw new ParameterException(spec.commandLine(), "--bars " + bars + ": from 1 to " + MOST_BARS + " are wanted");
        }
        if (!(bpm >= 20 && bpm <= 400)) {
            throw new ParameterException(spec.commandLine(), "--bpm " + bpm + ": a tempo from 20 to 400 is wanted");
        }
        options.check();
        TrainedSeq2Seq model = TrainedSeq2Seq.load(options.model(Models.SAMPLE), Seq2SeqTask.SAMPLE);
        double temperature = options.temperature().orElse(GrooveSpace.TEMPERATURE);
        Score drums = new GrooveSpace(model.open(options.engine()), temperature, options.seed()).sample(bars, bpm);
        options.write(Optional.empty(), drums,
                String.format(Locale.ROOT, "%d bars at %s bpm, %d notes; model %s, temperature %s, seed %d", bars,
                        Bpm.text(bpm), drums.notes().size(), model.name(), temperature, options.seed()));
    }
}
