package tapkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.data.MidiFile;
import tapkit.data.Score;
import tapkit.data.Score.Note;
import tapkit.data.Score.Tempo;
import tapkit.data.Score.TimeSignature;
import tapkit.model.RandomModels;

/** The command as a user meets it: arguments in; files, lines and an exit code out. */
class Tap2DrumCommandTest {
    private final PrintStream systemOut = System.out;
    private final PrintStream systemErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;
    private Path taps;
    private Path drums;

    @BeforeEach
    void prepare() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        RandomModels.save(file("random.safetensors"), 1, 16, 3);
        taps = file("taps.mid");
        drums = file("drums.mid");
        MidiFile.write(taps, score(List.of(Tempo.ofBpm(0, 97)), List.of(new TimeSignature(0, 4, 4))));
    }

    @AfterEach
    void restore() {
        System.setOut(systemOut);
        System.setErr(systemErr);
    }

    @Test
    void shouldWriteDrumsSoundAndPicture() {
        int code = run(taps, "-o", drums, "--wav", file("d.wav"), "--plot", file("d.png"), "--seed", 42);

        assertThat(err()).isEmpty();
        assertThat(code).isZero();
        assertThat(out()).contains("4 bars at 97 bpm", "8 taps", "seed 42", "d.wav", "d.png");
        assertThat(MidiFile.read(drums).notes()).isNotEmpty();
        assertThat(file("d.wav")).isNotEmptyFile();
        assertThat(file("d.png")).isNotEmptyFile();
    }

    @Test
    void shouldSayWhatItAssumesInOneLine() {
        MidiFile.write(taps, score(List.of(), List.of()));

        assertThat(run(taps, "-o", drums)).isZero();
        assertThat(err().lines()).singleElement().asString().contains("taps.mid", "120", "4/4");
    }

    @Test
    void shouldWriteTheSameBytesAgain() throws Exception {
        run(taps, "-o", drums, "--temperature", 1, "--seed", 5);
        byte[] first = Files.readAllBytes(drums);
        run(taps, "-o", drums, "--temperature", 1, "--seed", 5);
        assertThat(Files.readAllBytes(drums)).isEqualTo(first);
        run(taps, "-o", drums, "--temperature", 1, "--seed", 6);
        assertThat(Files.readAllBytes(drums)).isNotEqualTo(first);
    }

    @Test
    void shouldRefuseWhatIsNoMidiFile() throws Exception {
        Files.writeString(taps, "not music");
        assertRefused(1, List.of("taps.mid", "not a MIDI file"));
    }

    @Test
    void shouldRefuseAFileThatIsCutOff() throws Exception {
        byte[] bytes = Files.readAllBytes(taps);
        for (int length = 0; length < bytes.length; length += 7) {
            Files.write(taps, Arrays.copyOf(bytes, length));
            assertRefused(1, List.of("taps.mid"));
        }
    }

    @Test
    void shouldRefuseAFileWithoutNotes() {
        MidiFile.write(taps, new Score(480, List.of(), List.of(), List.of(), List.of()));
        assertRefused(1, List.of("taps.mid", "no notes"));
    }

    @Test
    void shouldRefuseAnotherMetre() {
        MidiFile.write(taps, score(List.of(), List.of(new TimeSignature(0, 3, 4))));
        assertRefused(1, List.of("taps.mid", "3/4", "only 4/4"));
    }

    @Test
    void shouldRefuseAFileThatIsNotThere() {
        taps = file("nowhere.mid");
        assertRefused(1, List.of("nowhere.mid", "no such file"));
    }

    @Test
    void shouldRefuseAnOutputThatCannotBeWrittenBeforeAnyWork() {
        assertThat(run(taps, "-o", drums, "--wav", file("no such folder/d.wav"))).isEqualTo(1);
        assertThat(err().lines()).singleElement().asString().contains("d.wav", "no folder");
        assertThat(drums).doesNotExist();
    }

    @Test
    void shouldRefuseAModelThatIsNotThere() {
        assertThat(Main.run("tap2drum", taps.toString(), "-o", drums.toString(), "--model", "nonesuch")).isEqualTo(1);
        assertThat(err().lines()).singleElement().asString().contains("nonesuch");
        assertThat(drums).doesNotExist();
    }

    @Test
    void shouldRefuseAModelFileThatIsDamaged() throws Exception {
        byte[] bytes = Files.readAllBytes(file("random.safetensors"));
        bytes[bytes.length - 1] ^= 1;
        Files.write(file("random.safetensors"), bytes);
        assertRefused(1, List.of("random.safetensors"));
    }

    @Test
    void shouldCallWrongUsageByItsName() {
        assertRefused(2, List.of("temperature"), "--temperature", 3);
        assertRefused(2, List.of("--engine"), "--engine", "abacus");
        assertRefused(2, List.of("same file"), "--wav", drums);
        assertThat(Main.run("tap2drum", taps.toString())).isEqualTo(2);
        assertThat(err()).contains("--out");
    }

    private void assertRefused(int code, List<String> about, Object... options) {
        err.reset();
        Object[] arguments = Stream.concat(Stream.of(taps, "-o", drums), Stream.of(options)).toArray();
        assertThat(run(arguments)).isEqualTo(code);
        assertThat(err().lines().findFirst().orElse("")).startsWith("tapkit: ").contains(about);
        assertThat(err()).doesNotContain("\tat ");
        assertThat(out()).isEmpty();
        assertThat(drums).doesNotExist();
    }

    private int run(Object... arguments) {
        Stream<Object> all = Stream.concat(Stream.of("tap2drum", "--model", file("random.safetensors")), Stream.of(arguments));
        return Main.run(all.map(Object::toString).toArray(String[]::new));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private static Score score(List<Tempo> tempos, List<TimeSignature> metres) {
        List<Note> notes = Stream.iterate(0, i -> i + 1).limit(8).map(i -> new Note(900L * i, 900L * i + 60, 0, 0, 60, 60 + i))
                .toList();
        return new Score(480, tempos, metres, notes, List.of());
    }
}
