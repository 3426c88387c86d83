package tapkit.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tapkit.data.Quantizer;
import tapkit.data.Score;
import tapkit.model.Models;
import tapkit.model.Tap2Drum;
import tapkit.model.TapModel;
import tapkit.model.TrainedModel;

/** {@code tapkit tap2drum}: a file of taps in, a file of drums out. */
@Command(name = "tap2drum", mixinStandardHelpOptions = true,
        description = "Play a file of taps, of any length in 4/4, on a drum kit.")
final class Tap2DrumCommand implements Runnable {
    @Parameters(paramLabel = "TAPS.mid", description = "MIDI file; every note in it is a tap, whatever its pitch and channel.")
    private Path taps;

    @Mixin
    private PerformanceOptions options;

    @Option(names = "--tap-velocity", negatable = true,
            description = "Whether the velocities of the taps count (default: if they are not all the same).")
    private Boolean tapVelocity;

    @Override
    public void run() {
        options.check(taps);
        Score score = options.read(taps);
        TrainedModel trained = Models.load(options.model(Models.TAP2DRUM));
        boolean velocities = tapVelocity != null ? tapVelocity : Tap2Drum.hasVelocities(score);
        double temperature = options.temperature().orElse(0);
        Score drums;
        try (TapModel network = trained.open(options.engine())) {
            drums = new Tap2Drum(network, trained.decoder()).answer(score, velocities, temperature, options.seed());
        }
        options.write(Optional.of(score), drums,
                String.format(Locale.ROOT, "%d bars at %s bpm, %d taps (%s), %d drum notes; model %s, temperature %s, seed %d",
                        Quantizer.barsCovering(score), Bpm.text(score.bpmAt(0)), score.notes().size(),
                        velocities ? "with velocity" : "velocity not used", drums.notes().size(), trained.name(),
                        temperature, options.seed()));
    }
}
