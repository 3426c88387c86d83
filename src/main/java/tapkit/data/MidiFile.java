package tapkit.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tapkit.OutputFile;
import tapkit.UserError;
import tapkit.data.Score.TimeSignature;

/**
 * Standard MIDI Files, formats 0 and 1, after the MIDI Association's specification RP-001. Whatever is wrong with a file is a
 * {@link UserError} that names the file, the place in it and the remedy.
 */
public final class MidiFile {
    /** No music on one kit comes near; more is a file of another kind. */
    private static final int MAX_BYTES = 64 << 20;
    /** Two days at 120 bpm: more is a damaged time, not music. */
    private static final long MAX_BARS = 100_000;

    private MidiFile() {
    }

    /** Reads a file, whatever notes and metres it has. */
    public static Score read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(4);
            MidiReader.requireMagic(file, head);
            byte[] rest = in.readNBytes(MAX_BYTES);
            if (rest.length == MAX_BYTES) {
                throw new UserError(file + ": larger than 64 MB; split it");
            }
            byte[] bytes = new byte[head.length + rest.length];
            System.arraycopy(head, 0, bytes, 0, head.length);
            System.arraycopy(rest, 0, bytes, head.length, rest.length);
            return new MidiReader(file, bytes).read();
        } catch (IOException e) {
            throw new UserError("cannot read " + file + ": " + OutputFile.reason(e) + "; name a MIDI file", e);
        }
    }

    /** Reads a file that must have notes, and be in 4/4 as far as they go. */
    public static Score readFourFour(Path file) {
        Score score = read(file);
        if (score.notes().isEmpty()) {
            throw new UserError(file + ": no notes in it; choose a file with at least one");
        }
        long barTicks = 4L * score.ticksPerBeat();
        if (score.endTick() > MAX_BARS * barTicks) {
            throw new UserError(
                    file + ": " + score.endTick() / barTicks + " bars long, so its times must be damaged; export it again");
        }
        for (TimeSignature metre : score.timeSignatures()) {
            if (metre.tick() >= score.endTick()) {
                break;
            }
            if (metre.numerator() != 4 || metre.denominator() != 4) {
                // Whatever came before was 4/4.
                long bar = metre.tick() / barTicks + 1;
                throw new UserError(file + ": bar " + bar + " is in " + metre + "; only 4/4 is understood, cut that part out");
            }
        }
        return score;
    }

    /** Writes a file, whole or not at all. The same score gives the same bytes. */
    public static void write(Path file, Score score) {
        OutputFile.write(file, encode(score));
    }

    /** The bytes of a file: format 0 for one track, else format 1 with tempo and metre in the first track. */
    public static byte[] encode(Score score) {
        return MidiWriter.encode(score);
    }
}
