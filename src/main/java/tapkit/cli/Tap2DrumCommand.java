package tapkit.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tapkit.OutputFile;
import tapkit.data.MidiFile;
import tapkit.data.Quantizer;
import tapkit.data.Score;
import tapkit.model.InferenceEngine;
import tapkit.model.Models;
import tapkit.model.Tap2Drum;
import tapkit.model.TapModel;
import tapkit.model.TrainedModel;
import tapkit.render.DrumAudio;
import tapkit.render.PianoRoll;

/** {@code tapkit tap2drum}: a file of taps in, a file of drums out. */
@Command(name = "tap2drum", mixinStandardHelpOptions = true,
        description = "Play a file of taps, of any length in 4/4, on a drum kit.")
final class Tap2DrumCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TAPS.mid", description = "MIDI file; every note in it is a tap, whatever its pitch and channel.")
    private Path taps;

    @Option(names = {"-o", "--out"}, required = true, paramLabel = "OUT.mid",
            description = "MIDI file to write: General MIDI drums.")
    private Path out;

    @Option(names = "--wav", paramLabel = "F.wav", description = "Also write the sound of the drums.")
    private Path wav;

    @Option(names = "--plot", paramLabel = "F.png", description = "Also write a piano roll of taps and drums.")
    private Path plot;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N",
            description = "Seed of the draw where the temperature is above 0 (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--temperature", defaultValue = "0", paramLabel = "X",
            description = "0 for the likeliest drums, 1 for a draw from the model's probabilities (default: ${DEFAULT-VALUE}).")
    private double temperature;

    @Option(names = "--tap-velocity", negatable = true,
            description = "Whether the velocities of the taps count (default: if they are not all the same).")
    private Boolean tapVelocity;

    @Option(names = "--model", defaultValue = Models.TAP2DRUM, paramLabel = "NAME",
            description = "Name of a model in models/, or a .safetensors file (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(names = "--engine", defaultValue = "vector", paramLabel = "NAME",
            description = "Who computes the network: vector, scalar or nd4j (default: ${DEFAULT-VALUE}).")
    private InferenceEngine engine;

    @Override
    public void run() {
        checkOptions();
        Score score = MidiFile.readFourFour(taps);
        TrainedModel trained = Models.load(model);
        boolean velocities = tapVelocity != null ? tapVelocity : Tap2Drum.hasVelocities(score);
        score.assumed().ifPresent(what -> spec.commandLine().getErr().println(taps + ": " + what));
        Score drums;
        try (TapModel network = trained.open(engine)) {
            drums = new Tap2Drum(network, trained.decoder()).answer(score, velocities, temperature, seed);
        }
        PrintWriter console = spec.commandLine().getOut();
        MidiFile.write(out, drums);
        String bpm = new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(score.bpmAt(0));
        console.printf(Locale.ROOT, "%s: %d bars at %s bpm, %d taps (%s), %d drum notes; model %s, temperature %s, seed %d%n",
                out,
                Quantizer.barsCovering(score), bpm, score.notes().size(),
                velocities ? "with velocity" : "velocity not used", drums.notes().size(), trained.name(), temperature, seed);
        if (wav != null) {
            DrumAudio.write(wav, drums);
            console.println(wav);
        }
        if (plot != null) {
            PianoRoll.write(plot, score, drums);
            console.println(plot);
        }
    }

    /** All that can be known to fail is known before the work begins. */
    private void checkOptions() {
        if (!(temperature >= 0 && temperature <= 2)) {
            throw new ParameterException(spec.commandLine(),
                    "--temperature " + temperature + ": a number from 0 to 2 is wanted");
        }
        List<Path> files = Stream.of(taps, out, wav, plot).filter(Objects::nonNull).map(f -> f.toAbsolutePath().normalize())
                .toList();
        if (Set.copyOf(files).size() < files.size()) {
            throw new ParameterException(spec.commandLine(),
                    "The same file is named twice; the taps and each output need their own");
        }
        Stream.of(out, wav, plot).filter(Objects::nonNull).forEach(OutputFile::requireWritable);
    }
}
