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
import tapkit.UserError;
import tapkit.data.Quantizer;
import tapkit.data.Score;
import tapkit.grid.Piece;
import tapkit.model.DrumPart;
import tapkit.model.GrooveTemplate;
import tapkit.model.Humanize;
import tapkit.model.HumanizeModel;
import tapkit.model.Humanizer;

/** {@code tapkit humanize}: a score in, a performance of it out. */
@Command(name = "humanize", mixinStandardHelpOptions = true, description = {
        "Play a drum score, of any length in 4/4, with a drummer's timing and dynamics.",
        "Every note stays; only onsets and velocities of drums change. Drums are the notes on channel 10, or all where there are"
                + " none."})
final class HumanizeCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SCORE.mid", description = "MIDI file with drums.")
    private Path file;

    @Mixin
    private PerformanceOptions options;

    @Option(names = "--template", paramLabel = "FEEL.mid",
            description = "Copy timing and dynamics from this performance exactly, instead of asking a model.")
    private Path template;

    @Override
    public void run() {
        options.check(file, template);
        if (template != null && (options.temperature().isPresent() || options.hasModel())) {
            throw new ParameterException(spec.commandLine(),
                    "--template is exact: --temperature and --model say nothing to it");
        }
        Score score = options.read(file);
        DrumPart drums = drums(file, score);
        double temperature = options.temperature().orElse(HumanizeModel.BEST_TEMPERATURE);
        Humanizer humanizer;
        String how;
        if (template != null) {
            DrumPart feel = drums(template, options.read(template));
            humanizer = new GrooveTemplate(Quantizer.piece(feel.alone()));
            how = "feel of " + template;
        } else {
            HumanizeModel model = HumanizeModel.load(options.model(HumanizeModel.SHIPPED));
            humanizer = model.open(options.engine(), temperature, false);
            how = String.format(Locale.ROOT, "model %s, temperature %s, seed %d", model.name(), temperature, options.seed());
        }
        Score performed = new Humanize(humanizer).perform(score, options.seed());
        options.write(Optional.empty(), performed, DrumPart.of(performed).onDrumChannel(),
                String.format(Locale.ROOT, "%d bars at %s bpm, %d drum notes; %s", Quantizer.barsCovering(drums.alone()),
                        Bpm.text(score.bpmAt(0)), drums.alone().notes().size(), how));
    }

    private static DrumPart drums(Path file, Score score) {
        DrumPart drums = DrumPart.of(score);
        Piece piece = Quantizer.piece(drums.alone());
        for (float hit : piece.hits) {
            if (hit != 0) {
                return drums;
            }
        }
        throw new UserError(file + ": no note in it stands for a drum of the kit (General MIDI's notes, such as 36 and 38); map"
                + " its notes to General MIDI");
    }
}
