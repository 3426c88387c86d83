package tapkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tapkit.data.MidiFile;
import tapkit.data.Score;
import tapkit.journal.Journal;
import tapkit.journal.JournalWriter;

/** {@code replay} and {@code export} of the session that ships, and of files that are none. */
class SessionCommandsTest {
    private static final Path EXAMPLE = Path.of("docs", "examples", "gig.session");
    private static final Path MIDI = Path.of("docs", "examples", "gig.mid");

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Object... arguments) {
        String[] texts = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        CommandLine main = Main.commandLine(texts).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return main.execute(texts);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    @Test
    void shouldReplayTheExampleToTheByteThatShips() {
        assertThat(run("replay", EXAMPLE, "-o", file("a.mid"))).isZero();
        assertThat(file("a.mid")).hasSameBinaryContentAs(MIDI);
        assertThat(out.toString()).contains("the same as it was played").contains("gig.session");
    }

    @Test
    void shouldTakeTheLatestOfAFolderAndListIt() throws IOException {
        Files.copy(EXAMPLE, file("2026-01-17T21-00-00.session"));
        Files.writeString(file("2026-01-16T21-00-00.session"), "older");

        assertThat(run("replay", "--journal", folder, "-o", file("a.mid"))).isZero();
        assertThat(file("a.mid")).hasSameBinaryContentAs(MIDI);
        assertThat(run("replay", "--journal", folder, "2026-01-17", "-o", file("b.mid"))).isZero();
        assertThat(run("replay", "--journal", folder, "--list")).isZero();
        assertThat(out.toString().lines().filter(line -> line.contains("kB")).map(line -> line.substring(0, 10)).toList())
                .isEqualTo(List.of("2026-01-17", "2026-01-16"));
    }

    @Test
    void shouldExportWhatIsAskedFor() throws IOException {
        assertThat(run("export", EXAMPLE, "-o", file("a.mid"), "--what", "both", "--per-voice", "--wav", file("a.wav")))
                .isZero();
        Score all = MidiFile.read(MIDI);
        Score score = MidiFile.read(file("a.mid"));

        assertThat(score.trackNames()).startsWith("tapkit", "taps", "kick", "snare").doesNotContain("drums");
        assertThat(score.notes()).hasSameSizeAs(all.notes());
        assertThat(score.tempos()).isEqualTo(all.tempos());
        assertThat(score.changes()).as("the pedal, with the taps and, as it was sent, with the drums").hasSize(4);
        assertThat(Files.size(file("a.wav"))).isGreaterThan(40 * 44_100);
    }

    @Test
    void shouldExportTheEnd() {
        assertThat(run("export", EXAMPLE, "-o", file("a.mid"), "--last", "0:10")).isZero();
        Score score = MidiFile.read(file("a.mid"));
        assertThat(score.trackNames()).containsExactly("tapkit", "drums");
        assertThat(score.secondsAt((double) score.endTick())).isBetween(10.0, 16.0);
    }

    @Test
    void shouldSayInOneLineWhatIsWrong() throws IOException {
        byte[] whole = Files.readAllBytes(EXAMPLE);
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 1;
        Files.write(file("damaged.session"), damaged);

        assertFails(1, "no session of tapkit", "replay", MIDI, "-o", file("a.mid"));
        assertFails(1, "no such file", "replay", file("none.session"), "-o", file("a.mid"));
        assertFails(1, "there is no session", "replay", "--journal", folder.resolve("nowhere"), "-o", file("a.mid"));
        assertFails(1, "there is no folder", "replay", EXAMPLE, "-o", file("no").resolve("a.mid"));
        assertFails(2, "-o OUT.mid is missing", "replay", EXAMPLE);
        assertFails(2, "name a file to write", "export", EXAMPLE);
        assertFails(2, "--last is soon", "export", EXAMPLE, "-o", file("a.mid"), "--last", "soon");
        assertThat(file("a.mid")).doesNotExist();
    }

    @Test
    void shouldReplayWhatIsThereOfAFileThatWasCutOffWithANote() throws IOException {
        Files.write(file("cut.session"), Arrays.copyOf(Files.readAllBytes(EXAMPLE), 20_000));

        assertThat(run("replay", file("cut.session"), "-o", file("a.mid"))).isZero();
        assertThat(err.toString()).contains("everything before is there");
    }

    @Test
    void shouldComputeTheAnswersAgainWithTheModelThatShips() {
        assertThat(run("replay", EXAMPLE, "--infer", "-o", file("a.mid"))).isZero();
        assertThat(out.toString()).containsPattern("\\d+ of \\d+ answers are the same when they are computed again");
    }

    @Test
    void shouldRefuseToComputeWithAModelThatIsNotTheSessions() {
        Map<String, String> fields = new HashMap<>(Journal.read(EXAMPLE).fields());
        fields.put("models-sha256", "00");
        try (JournalWriter writer = JournalWriter.start(file("other.session"), () -> fields)) {
            assertThat(writer.failed()).isFalse();
        }
        assertFails(1, "leave --infer away", "replay", file("other.session"), "--infer", "-o", file("a.mid"));
    }

    private void assertFails(int exit, String message, Object... arguments) {
        err.getBuffer().setLength(0);
        assertThat(run(arguments)).as("%s", List.of(arguments)).isEqualTo(exit);
        assertThat(err.toString()).contains(message).doesNotContain("\tat ");
        assertThat(err.toString().lines().filter(line -> !line.contains("--help"))).hasSize(1);
    }
}
