package tapkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tapkit.data.MidiFile;
import tapkit.data.Score;
import tapkit.data.Score.Note;
import tapkit.data.Score.Tempo;
import tapkit.data.Score.TimeSignature;
import tapkit.model.Calibration;
import tapkit.model.HumanizeModel;
import tapkit.model.OffsetBins;
import tapkit.model.RandomModels;

class HumanizeCommandTest {
    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path score;
    private Path performance;

    @BeforeEach
    void prepare() {
        OffsetBins bins = new OffsetBins(9);
        RandomModels.humanize(file("random.safetensors"), HumanizeModel.config(1, 8, bins), bins, Calibration.NONE);
        score = file("score.mid");
        performance = file("out.mid");
        MidiFile.write(score, beat(480, 9, List.of("Kit")));
    }

    @Test
    void shouldWritePerformanceSoundAndPicture() {
        assertThat(run(score, "-o", performance, "--wav", file("o.wav"), "--plot", file("o.png"), "--seed", 42)).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString()).contains("3 bars at 97 bpm, 24 drum notes", "seed 42", "o.wav", "o.png");
        assertSameNotes(score, performance);
        assertThat(file("o.wav")).isNotEmptyFile();
        assertThat(file("o.png")).isNotEmptyFile();
    }

    /** Format 1 with its tempo track, other instruments, drums on channel 1, coarse ticks, a change of tempo. */
    @Test
    void shouldPlayWhatDawsWrite() {
        MidiFile.write(score, beat(96, 0, List.of("Song", "Drums")));
        assertThat(run(score, "-o", performance)).isZero();
        assertSameNotes(score, performance);
        assertThat(MidiFile.read(performance).tempos()).extracting(Tempo::microsPerBeat)
                .isEqualTo(MidiFile.read(score).tempos().stream().map(Tempo::microsPerBeat).toList());
        List<Note> notes = new ArrayList<>(beat(480, 9, List.of("Song", "Drums")).notes());
        notes.add(new Note(0, 1920, 0, 2, 40, 90));
        MidiFile.write(score, beat(480, 9, List.of("Song", "Drums")).withNotes(notes));
        assertThat(run(score, "-o", performance)).isZero();
        assertThat(MidiFile.read(performance).notes()).contains(new Note(0, 1920, 0, 2, 40, 90));
    }

    @Test
    void shouldReadRunningStatusAndNoteOnsThatEndNotes() throws Exception {
        ByteArrayOutputStream events = new ByteArrayOutputStream();
        events.writeBytes(new byte[]{0, (byte) 0x99, 36, 100, 60, 36, 0, 60, 42, 80, 60, 42, 0, 60, 38, 90, 60, 38, 0});
        events.writeBytes(new byte[]{0, (byte) 0xFF, 0x2F, 0});
        byte[] track = events.toByteArray();
        Files.write(score, ByteBuffer.allocate(22 + track.length).put("MThd".getBytes(StandardCharsets.US_ASCII)).putInt(6)
                .putShort((short) 0).putShort((short) 1).putShort((short) 480)
                .put("MTrk".getBytes(StandardCharsets.US_ASCII)).putInt(track.length).put(track).array());
        assertThat(run(score, "-o", performance)).isZero();
        assertThat(err.toString()).contains("120", "4/4");
        assertThat(MidiFile.read(performance).notes()).extracting(Note::note).containsExactly(36, 42, 38);
    }

    @Test
    void shouldWriteTheSameBytesAgain() throws Exception {
        run(score, "-o", performance, "--temperature", 1.5, "--seed", 5);
        byte[] first = Files.readAllBytes(performance);
        run(score, "-o", performance, "--temperature", 1.5, "--seed", 5);
        assertThat(Files.readAllBytes(performance)).isEqualTo(first);
        run(score, "-o", performance, "--temperature", 1.5, "--seed", 6);
        assertThat(Files.readAllBytes(performance)).isNotEqualTo(first);
    }

    @Test
    void shouldCopyATemplate() {
        Path feel = file("feel.mid");
        MidiFile.write(feel, new Score(480, List.of(), List.of(), List.of(new Note(36, 90, 0, 9, 36, 77)), List.of()));
        assertThat(run(score, "-o", performance, "--template", feel)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--template is exact");
        assertThat(command("humanize", score, "-o", performance, "--template", feel)).isZero();
        assertThat(MidiFile.read(performance).notes()).extracting(Note::velocity).containsOnly(77);
        assertThat(MidiFile.read(performance).notes()).extracting(note -> note.onTick() % 120).containsOnly(36L);
    }

    @Test
    void shouldRefuseWhatItCannotPlayInOneLine() throws Exception {
        byte[] whole = Files.readAllBytes(score);
        for (int length = 0; length < whole.length; length += 11) {
            Files.write(score, Arrays.copyOf(whole, length));
            assertRefused(1, "score.mid");
        }
        MidiFile.write(score, beat(480, 9, List.of()).withNotes(List.of(new Note(0, 60, 0, 9, 100, 80))));
        assertRefused(1, "stands for a drum");
        MidiFile.write(score, new Score(480, List.of(), List.of(new TimeSignature(0, 3, 4)),
                List.of(new Note(0, 60, 0, 9, 36, 80)), List.of()));
        assertRefused(1, "only 4/4");
        MidiFile.write(score, beat(480, 9, List.of()));
        assertRefused(1, "nonesuch", "--model", "nonesuch");
        assertRefused(2, "--temperature", "--temperature", "-1");
        assertRefused(2, "same file", "--wav", performance);
    }

    private void assertRefused(int code, String about, Object... options) {
        err.getBuffer().setLength(0);
        Object[] all = Stream.concat(Stream.of(score, "-o", performance), Stream.of(options)).toArray();
        assertThat(options.length > 0 && options[0].equals("--model")
                ? command(Stream.concat(Stream.of("humanize"), Stream.of(all)).toArray())
                : run(all)).isEqualTo(code);
        assertThat(err.toString().lines().toList()).first().asString().startsWith("tapkit: ").contains(about);
        assertThat(err.toString()).doesNotContain("\tat ");
        assertThat(performance).doesNotExist();
    }

    private static void assertSameNotes(Path before, Path after) {
        assertThat(MidiFile.read(after).notes()).hasSameSizeAs(MidiFile.read(before).notes());
        assertThat(MidiFile.read(after).notes().stream().map(Note::note).sorted().toList())
                .isEqualTo(MidiFile.read(before).notes().stream().map(Note::note).sorted().toList());
        assertThat(MidiFile.read(after).notes().stream().map(Note::channel).sorted().toList())
                .isEqualTo(MidiFile.read(before).notes().stream().map(Note::channel).sorted().toList());
    }

    private int run(Object... arguments) {
        return command(Stream.concat(Stream.of("humanize", "--model", file("random.safetensors")), Stream.of(arguments))
                .toArray());
    }

    private int command(Object... arguments) {
        return Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private static Score beat(int ticks, int channel, List<String> tracks) {
        List<Note> notes = new ArrayList<>();
        for (int eighth = 0; eighth < 24; eighth++) {
            long on = eighth * (ticks / 2L);
            notes.add(new Note(on, on + ticks / 8, Math.max(0, tracks.size() - 1), channel, eighth % 4 == 2 ? 38 : 42, 90));
        }
        return new Score(ticks, List.of(Tempo.ofBpm(0, 97), Tempo.ofBpm(ticks * 4L, 140)), List.of(new TimeSignature(0, 4, 4)),
                notes, tracks);
    }
}
