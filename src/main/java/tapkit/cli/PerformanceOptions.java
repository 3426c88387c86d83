package tapkit.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tapkit.OutputFile;
import tapkit.data.MidiFile;
import tapkit.data.Score;
import tapkit.model.InferenceEngine;
import tapkit.render.DrumAudio;
import tapkit.render.PianoRoll;

/** What all commands that write a performance have in common: where it goes, and how a model plays it. */
final class PerformanceOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = {"-o", "--out"}, required = true, paramLabel = "OUT.mid", description = "MIDI file to write.")
    private Path out;

    @Option(names = "--wav", paramLabel = "F.wav", description = "Also write the sound of the drums.")
    private Path wav;

    @Option(names = "--plot", paramLabel = "F.png", description = "Also write a piano roll.")
    private Path plot;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N",
            description = "Seed of all that is left to chance (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--temperature", paramLabel = "X",
            description = "From 0 for the likeliest to 2 for the liveliest (default: the model's best).")
    private Double temperature;

    @Option(names = "--model", paramLabel = "NAME",
            description = "Name of a model in models/, or a .safetensors file (default: the one that ships for this).")
    private String model;

    @Option(names = "--engine", defaultValue = "vector", paramLabel = "NAME",
            description = "Who computes the network: vector, scalar or nd4j (default: ${DEFAULT-VALUE}).")
    private InferenceEngine engine;

    Path out() {
        return out;
    }

    long seed() {
        return seed;
    }

    /** Empty for what the model itself holds to be its best. */
    OptionalDouble temperature() {
        return temperature == null ? OptionalDouble.empty() : OptionalDouble.of(temperature);
    }

    /** The model that is asked for, else the one that ships. */
    String model(String shipped) {
        return model == null ? shipped : model;
    }

    boolean hasModel() {
        return model != null;
    }

    InferenceEngine engine() {
        return engine;
    }

    /** All that can be known to fail is known before the work begins: call first, with the files that are read. */
    void check(Path... inputs) {
        if (temperature != null && !(temperature >= 0 && temperature <= 2)) {
            throw new ParameterException(spec.commandLine(),
                    "--temperature " + temperature + ": a number from 0 to 2 is wanted");
        }
        List<Path> outputs = Stream.of(out, wav, plot).filter(Objects::nonNull).toList();
        List<Path> written = outputs.stream().map(PerformanceOptions::plain).toList();
        if (Set.copyOf(written).size() < written.size()
                || Stream.of(inputs).filter(Objects::nonNull).map(PerformanceOptions::plain).anyMatch(written::contains)) {
            throw new ParameterException(spec.commandLine(),
                    "The same file is named twice; what is read and each output need their own");
        }
        outputs.forEach(OutputFile::requireWritable);
    }

    /** Reads a MIDI file in 4/4 with notes, and says on standard error what had to be assumed about it. */
    Score read(Path file) {
        Score score = MidiFile.readFourFour(file);
        score.assumed().ifPresent(what -> spec.commandLine().getErr().println(file + ": " + what));
        return score;
    }

    /**
     * Writes all outputs and names them on standard output.
     *
     * @param taps    drawn above the drums; empty where there are none
     * @param whole   the file's music
     * @param drums   what of it is to be heard and seen, on the drum channel
     * @param summary what it is, in a line
     */
    void write(Optional<Score> taps, Score whole, Score drums, String summary) {
        PrintWriter console = spec.commandLine().getOut();
        MidiFile.write(out, whole);
        console.println(out + ": " + summary);
        if (wav != null) {
            DrumAudio.write(wav, drums);
            console.println(wav);
        }
        if (plot != null) {
            taps.ifPresentOrElse(score -> PianoRoll.write(plot, score, drums), () -> PianoRoll.write(plot, drums));
            console.println(plot);
        }
    }

    /** The same for music that is nothing but drums on the drum channel. */
    void write(Optional<Score> taps, Score drums, String summary) {
        write(taps, drums, drums, summary);
    }

    private static Path plain(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
