package tapkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
import tapkit.grid.Grid;
import tapkit.model.RandomModels;
import tapkit.model.Seq2SeqTask;

/** groove, sample and interpolate as a user meets them: arguments in; files, lines and an exit code out. */
class GrooveCommandsTest {
    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path feel;
    private Path score;
    private Path transfer;
    private Path autoencoder;

    @BeforeEach
    void prepare() {
        transfer = folder.resolve("transfer.safetensors");
        autoencoder = folder.resolve("autoencoder.safetensors");
        RandomModels.saveSeq2Seq(transfer, Seq2SeqTask.TRANSFER, true, 1);
        RandomModels.saveSeq2Seq(autoencoder, Seq2SeqTask.SAMPLE, true, 2);
        feel = folder.resolve("feel.mid");
        score = folder.resolve("score.mid");
        MidiFile.write(feel, beat(100, 3, 12, 96));
        MidiFile.write(score, beat(87, 5, 0, 480));
    }

    @Test
    void shouldPlayTheScoresNotesAtItsTempo() {
        Path played = folder.resolve("played.mid");
        assertThat(groove("-o", played, "--wav", folder.resolve("p.wav"), "--plot", folder.resolve("p.png"))).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString()).contains("5 bars at 87 bpm", "feel.mid", "seed 1", "p.wav", "p.png");
        List<Note> before = MidiFile.read(score).notes();
        List<Note> after = MidiFile.read(played).notes();
        // The same notes in the same cells; only when and how hard is new.
        assertThat(cells(after)).containsExactlyInAnyOrderElementsOf(cells(before));
        assertThat(after.stream().filter(note -> note.onTick() % 120 != 0).count()).isGreaterThan(after.size() / 2);
        assertThat(after.stream().map(Note::velocity).distinct().count()).isGreaterThan(5);
        assertThat(MidiFile.read(played).bpmAt(0)).isEqualTo(MidiFile.read(score).bpmAt(0));
    }

    @Test
    void shouldFollowTheFeelThatIsGiven() throws Exception {
        Path one = folder.resolve("one.mid");
        Path two = folder.resolve("two.mid");
        groove("-o", one);
        MidiFile.write(feel, beat(100, 3, -12, 96));
        groove("-o", two);
        assertThat(Files.readAllBytes(two)).isNotEqualTo(Files.readAllBytes(one));
    }

    @Test
    void shouldWriteTheSameBytesAgainAndOthersForAnotherSeed() throws Exception {
        for (Object[] command : List.of(new Object[]{"groove", "--from", feel, "--to", score, "--model", transfer},
                new Object[]{"sample", "--bars", 5, "--model", autoencoder},
                new Object[]{"interpolate", feel, score, "--steps", 3, "--model", autoencoder})) {
            Path one = folder.resolve("one.mid");
            Path two = folder.resolve("two.mid");
            Path other = folder.resolve("other.mid");
            assertThat(run(command, "--seed", 5, "--temperature", 1, "-o", one)).isZero();
            assertThat(run(command, "--seed", 5, "--temperature", 1, "-o", two)).isZero();
            assertThat(run(command, "--seed", 6, "--temperature", 1, "-o", other)).isZero();
            assertThat(Files.readAllBytes(two)).isEqualTo(Files.readAllBytes(one));
            assertThat(Files.readAllBytes(other)).isNotEqualTo(Files.readAllBytes(one));
        }
    }

    @Test
    void shouldSampleAsManyBarsAsAsked() {
        for (int bars : new int[]{1, 2, 7}) {
            Path drums = folder.resolve(bars + ".mid");
            assertThat(run("sample", "--bars", bars, "--bpm", 93, "--model", autoencoder, "-o", drums)).isZero();
            Score written = MidiFile.read(drums);
            assertThat(written.bpmAt(0)).isBetween(92.99, 93.01);
            long bar = 4L * written.ticksPerBeat();
            // In every bar, and none behind the last.
            for (int i = 0; i < bars; i++) {
                long from = i * bar;
                assertThat(written.notes()).anyMatch(note -> note.onTick() >= from && note.onTick() < from + bar);
            }
            assertThat(written.notes().getLast().onTick()).isLessThan(bars * bar);
        }
    }

    @Test
    void shouldInterpolateInPiecesAsLongAsTheLongerFile() {
        Path drums = folder.resolve("way.mid");
        assertThat(run("interpolate", feel, score, "--steps", 4, "--model", autoencoder, "-o", drums)).isZero();
        assertThat(out.toString()).contains("4 steps of 5 bars at 100 bpm");
        Score written = MidiFile.read(drums);
        long last = written.notes().getLast().onTick();
        assertThat(last / (4.0 * written.ticksPerBeat())).isBetween(19.0, 20.0);
    }

    @Test
    void shouldRefuseFilesThatAreNoDrumsOrNoMusic() throws Exception {
        Path drums = folder.resolve("x.mid");
        MidiFile.write(score, new Score(480, List.of(), List.of(), List.of(new Note(0, 10, 0, 0, 90, 64)), List.of()));
        assertRefused(1, "score.mid", () -> groove("-o", drums));
        Files.writeString(score, "not music");
        assertRefused(1, "score.mid", () -> groove("-o", drums));
        assertRefused(1, "score.mid", () -> run("interpolate", feel, score, "--model", autoencoder, "-o", drums));
        MidiFile.write(feel, new Score(480, List.of(), List.of(new TimeSignature(0, 7, 8)), beat(100, 2, 0, 480).notes(),
                List.of()));
        assertRefused(1, "7/8", () -> groove("-o", drums));
        assertRefused(1, "nosuch", () -> run("sample", "--model", "nosuch", "-o", drums));
        assertThat(drums).doesNotExist();
    }

    @Test
    void shouldRefuseModelsOfAnotherTaskAndNumbersOutOfRange() {
        Path drums = folder.resolve("x.mid");
        assertRefused(1, "transfer", () -> run("sample", "--model", transfer, "-o", drums));
        assertRefused(2, "--bars 0", () -> run("sample", "--bars", 0, "--model", autoencoder, "-o", drums));
        assertRefused(2, "--steps 1", () -> run("interpolate", feel, score, "--steps", 1, "-o", drums));
        assertRefused(2, "twice", () -> groove("-o", score));
    }

    private void assertRefused(int code, String reason, java.util.function.IntSupplier command) {
        err.getBuffer().setLength(0);
        assertThat(command.getAsInt()).isEqualTo(code);
        assertThat(err.toString().lines().findFirst().orElse("")).contains(reason);
        assertThat(err.toString()).doesNotContain("\\tat ");
    }

    private static List<String> cells(List<Note> notes) {
        return notes.stream().map(n -> Grid.step(n.onTick() / 120.0) + ":" + n.note() + ":" + n.channel()).toList();
    }

    private int groove(Object... more) {
        return run(new Object[]{"groove", "--from", feel, "--to", score, "--model", transfer}, more);
    }

    private int run(Object[] command, Object... more) {
        return run(Stream.concat(Arrays.stream(command), Arrays.stream(more)).toArray());
    }

    private int run(Object... arguments) {
        String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        return Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(words);
    }

    /** Eighths of closed hi-hat, kick and snare; every second one is some ticks late. */
    private static Score beat(double bpm, int bars, long late, int ticks) {
        List<Note> notes = new ArrayList<>();
        for (int eighth = 0; eighth < 8 * bars; eighth++) {
            long on = eighth * (ticks / 2L) + eighth % 2 * late;
            notes.add(new Note(on, on + ticks / 8, 0, 9, 42, 60 + 10 * (eighth % 4)));
            if (eighth % 4 == 0) {
                notes.add(new Note(on, on + ticks / 8, 0, 9, eighth % 8 == 0 ? 36 : 38, 100));
            }
        }
        return new Score(ticks, List.of(Tempo.ofBpm(0, bpm)), List.of(new TimeSignature(0, 4, 4)), notes, List.of(""));
    }
}
