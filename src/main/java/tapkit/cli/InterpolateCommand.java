package tapkit.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tapkit.data.Score;
import tapkit.model.GrooveSpace;
import tapkit.model.Models;
import tapkit.model.Seq2SeqTask;
import tapkit.model.TrainedSeq2Seq;

/** {@code tapkit interpolate}: the grooves between two. */
@Command(name = "interpolate", mixinStandardHelpOptions = true,
        description = "Write the way from one groove to another, in the tempo of the first: pieces as long as the longer one, each "
                + "further on the way.")
final class InterpolateCommand implements Runnable {
    private static final int MOST_STEPS = 1000;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A.mid", description = "MIDI file of drums where the way begins.")
    private Path from;

    @Parameters(index = "1", paramLabel = "B.mid", description = "MIDI file of drums where it ends.")
    private Path to;

    @Option(names = "--steps", defaultValue = "5", paramLabel = "N",
            description = "How many pieces, both ends included (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Mixin
    private PerformanceOptions options;

    @Override
    public void run() {
        if (steps < 2 || steps > MOST_STEPS) {
            throw new ParameterException(spec.commandLine(), "--steps " + steps + ": from 2 to " + MOST_STEPS + " are wanted");
        }
        options.check(from, to);
        Score start = options.read(from);
        Score end = options.read(to);
        int bars = Math.max(GrooveCommand.drums(from, start).bars(), GrooveCommand.drums(to, end).bars());
        TrainedSeq2Seq model = TrainedSeq2Seq.load(options.model(Models.SAMPLE), Seq2SeqTask.SAMPLE);
        double temperature = options.temperature().orElse(0);
        Score drums = new GrooveSpace(model.open(options.engine()), temperature, options.seed()).interpolate(start, end, steps);
        options.write(Optional.empty(), drums,
                String.format(Locale.ROOT, "%d steps of %d bars at %s bpm, %d notes; model %s, temperature %s, seed %d", steps,
                        bars, Bpm.text(start.bpmAt(0)), drums.notes().size(), model.name(), temperature, options.seed()));
    }
}
