package tapkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.data.MidiFile;
import tapkit.data.Score;
import tapkit.data.Score.Note;
import tapkit.data.Score.Tempo;
import tapkit.data.Score.TimeSignature;
import tapkit.model.InfillDecoding;
import tapkit.model.InfillModel;
import tapkit.model.OffsetBins;
import tapkit.model.RandomModels;

class InfillCommandTest {
    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path drums;
    private Path filled;

    @BeforeEach
    void prepare() {
        OffsetBins bins = new OffsetBins(9);
        RandomModels.infill(folder.resolve("random.safetensors"), InfillModel.config(1, 8, bins), bins, InfillDecoding.NONE);
        drums = folder.resolve("drums.mid");
        filled = folder.resolve("out.mid");
        List<Note> notes = new ArrayList<>();
        for (int eighth = 0; eighth < 24; eighth++) {
            notes.add(new Note(eighth * 240L, eighth * 240L + 60, 0, 0, eighth % 4 == 2 ? 38 : 42, 90));
        }
        MidiFile.write(drums,
                new Score(480, List.of(Tempo.ofBpm(0, 97)), List.of(new TimeSignature(0, 4, 4)), notes, List.of("Kit")));
    }

    @Test
    void shouldReplaceVoicesAndKeepTheRest() throws Exception {
        assertThat(run(drums, "-o", filled, "--voice", "closed-hat,RIDE", "--wav", folder.resolve("o.wav"), "--plot",
                folder.resolve("o.png"))).isZero();
        assertThat(out.toString()).contains("closed-hat, ride where there were 18, 6 of other voices", "o.wav", "o.png");
        assertThat(snares(filled)).isEqualTo(snares(drums)).hasSize(6);
        byte[] first = Files.readAllBytes(filled);
        run(drums, "-o", filled, "--voice", "closed-hat,ride");
        assertThat(Files.readAllBytes(filled)).isEqualTo(first);
    }

    @Test
    void shouldRefuseWhatMakesNoSenseInOneLine() {
        assertRefused(2, "there are kick, snare", "--voice", "cowbell");
        assertRefused(2, "all voices", "--voice", "kick,snare,closed-hat,open-hat,low-tom,mid-tom,high-tom,crash,ride");
        assertRefused(1, "no drum of another voice", "--voice", "snare,closed-hat");
        assertRefused(2, "--voice");
    }

    private void assertRefused(int code, String about, Object... options) {
        err.getBuffer().setLength(0);
        assertThat(run(Stream.concat(Stream.of(drums, "-o", filled), Stream.of(options)).toArray())).isEqualTo(code);
        assertThat(err.toString().lines().toList()).first().asString().startsWith("tapkit: ").contains(about);
        assertThat(filled).doesNotExist();
    }

    private int run(Object... arguments) {
        String[] all = Stream.concat(Stream.of("infill", "--model", folder.resolve("random.safetensors")), Stream.of(arguments))
                .map(Object::toString).toArray(String[]::new);
        return Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(all);
    }

    private static List<Note> snares(Path file) {
        return MidiFile.read(file).notes().stream().filter(note -> note.note() == 38).toList();
    }
}
