package tapkit.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tapkit.UserError;
import tapkit.data.Performance;
import tapkit.data.Quantizer;
import tapkit.data.Score;
import tapkit.grid.Piece;
import tapkit.model.GrooveTransfer;
import tapkit.model.Models;
import tapkit.model.Overlap;
import tapkit.model.Seq2SeqTask;
import tapkit.model.TrainedSeq2Seq;

/** {@code tapkit groove}: the feel of one file on the notes of another. */
@Command(name = "groove", mixinStandardHelpOptions = true,
        description = "Play the notes of one file with the feel of another; both of any length in 4/4. The notes stay as they are, "
                + "but for their timing and velocity.")
final class GrooveCommand implements Runnable {
    @Option(names = "--from", required = true, paramLabel = "S1.mid",
            description = "MIDI file with the feel: drums as they were played. It goes round if it is the shorter one.")
    private Path from;

    @Option(names = "--to", required = true, paramLabel = "SCORE.mid", description = "MIDI file with the notes and the tempo.")
    private Path to;

    @Mixin
    private PerformanceOptions options;

    @Override
    public void run() {
        options.check(from, to);
        Piece feel = drums(from, options.read(from));
        Score score = options.read(to);
        Piece notes = drums(to, score);
        TrainedSeq2Seq model = TrainedSeq2Seq.load(options.model(Models.GROOVE), Seq2SeqTask.TRANSFER);
        double temperature = options.temperature().orElse(0);
        GrooveTransfer transfer = new GrooveTransfer(model.open(options.engine()), feel, temperature, options.seed());
        Score performed = Performance.of(score, Overlap.humanize(transfer, notes.score(), options.seed()));
        options.write(Optional.empty(), performed,
                String.format(Locale.ROOT, "%d bars at %s bpm, %d notes with the feel of %s; model %s, temperature %s, seed %d",
                        notes.bars(), Bpm.text(score.bpmAt(0)), score.notes().size(), from.getFileName(), model.name(),
                        temperature, options.seed()));
    }

    /** The drums of a file, which must have some. */
    static Piece drums(Path file, Score score) {
        Piece piece = Quantizer.piece(score);
        for (float hit : piece.hits) {
            if (hit != 0) {
                return piece;
            }
        }
        throw new UserError(file + ": no note in it belongs to a drum voice; choose a file of General MIDI drums");
    }
}
