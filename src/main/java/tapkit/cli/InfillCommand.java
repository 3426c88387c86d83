package tapkit.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tapkit.UserError;
import tapkit.data.Quantizer;
import tapkit.data.Score;
import tapkit.grid.Grid;
import tapkit.grid.Voice;
import tapkit.model.DrumPart;
import tapkit.model.Infill;
import tapkit.model.InfillModel;

/** {@code tapkit infill}: drums in, the same drums with other parts for some voices out. */
@Command(name = "infill", mixinStandardHelpOptions = true, description = {
        "Add the part of a voice to drums of any length in 4/4, or replace it, hearing the rest.",
        "All other notes stay as they are. Drums are the notes on channel 10, or all where there are none."})
final class InfillCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DRUMS.mid", description = "MIDI file with drums.")
    private Path file;

    @Option(names = "--voice", required = true, split = ",", paramLabel = "NAME",
            description = "Voice to fill in, or several: kick, snare, closed-hat, open-hat, low-tom, mid-tom, high-tom, crash, ride.")
    private List<String> voices;

    @Mixin
    private PerformanceOptions options;

    @Override
    public void run() {
        Set<Voice> wanted = wanted();
        options.check(file);
        Score score = options.read(file);
        DrumPart before = DrumPart.of(score);
        if (before.alone().notes().stream().map(note -> Voice.ofNote(note.note()))
                .noneMatch(voice -> voice >= 0 && !wanted.contains(Voice.of(voice)))) {
            throw new UserError(file + ": no drum of another voice in it to hear (General MIDI's notes, such as 36 and 38); map"
                    + " its notes to General MIDI, or fill in fewer voices");
        }
        InfillModel model = InfillModel.load(options.model(InfillModel.SHIPPED));
        double temperature = options.temperature().orElse(InfillModel.BEST_TEMPERATURE);
        Score filled = new Infill(model.open(options.engine(), temperature, false)).fill(score, wanted, options.seed());
        DrumPart after = DrumPart.of(filled);
        long others = count(before.alone(), EnumSet.complementOf(EnumSet.copyOf(wanted)));
        options.write(Optional.empty(), filled, after.onDrumChannel(),
                String.format(Locale.ROOT,
                        "%d bars at %s bpm, %d notes of %s where there were %d, %d of other voices; model %s,"
                                + " temperature %s, seed %d",
                        Quantizer.barsCovering(before.alone()), Bpm.text(score.bpmAt(0)),
                        count(after.alone(), wanted),
                        wanted.stream().map(Voice::label).collect(Collectors.joining(", ")), count(before.alone(), wanted),
                        others,
                        model.name(), temperature, options.seed()));
    }

    private static long count(Score drums, Set<Voice> voices) {
        return drums.notes().stream().map(note -> Voice.ofNote(note.note()))
                .filter(voice -> voice >= 0 && voices.contains(Voice.of(voice))).count();
    }

    private Set<Voice> wanted() {
        Set<Voice> wanted = EnumSet.noneOf(Voice.class);
        for (String name : voices) {
            wanted.add(Voice.named(name.strip()).orElseThrow(() -> new ParameterException(spec.commandLine(),
                    "--voice " + name + ": there are "
                            + Arrays.stream(Voice.values()).map(Voice::label).collect(Collectors.joining(", ")))));
        }
        if (wanted.size() == Grid.VOICES) {
            throw new ParameterException(spec.commandLine(), "--voice names all voices; one at least is to be heard");
        }
        return wanted;
    }
}
