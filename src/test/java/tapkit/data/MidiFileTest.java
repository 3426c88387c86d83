package tapkit.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.OutputFile;
import tapkit.UserError;
import tapkit.data.Score.Change;
import tapkit.data.Score.Note;
import tapkit.data.Score.Tempo;
import tapkit.data.Score.TimeSignature;
import tapkit.port.MidiMessage;

class MidiFileTest {
    private static final String HEADER_480 = "4D546864 00000006 0000 0001 01E0";

    @TempDir
    Path folder;

    @Test
    void shouldReadBackWhatItWrote() {
        Score score = new Score(480, List.of(new Tempo(0, 500_000), new Tempo(1920, 400_000)),
                List.of(new TimeSignature(0, 4, 4)), List.of(new Note(0, 60, 1, 9, 36, 100), new Note(1919, 2000, 2, 0, 60, 1),
                        new Note(300_000, 300_001, 1, 9, 38, 127)),
                List.of("", "drums", "tâps"));
        Path file = folder.resolve("a.mid");
        MidiFile.write(file, score);
        assertThat(MidiFile.read(file)).isEqualTo(score);
        assertThat(MidiFile.encode(MidiFile.read(file))).isEqualTo(MidiFile.encode(score));
    }

    /** A hi-hat's pedal, a program, a pitch bend: at one tick in their order, before the note that they are for. */
    @Test
    void shouldKeepControllersInTheirOrder() {
        Score score = new Score(480, List.of(), List.of(), List.of(new Note(240, 300, 0, 9, 46, 90)), List.of(""),
                List.of(new Change(0, 0, MidiMessage.pack(0xC9, 8, 0)), new Change(240, 0, MidiMessage.pack(0xB9, 7, 100)),
                        new Change(240, 0, MidiMessage.pack(0xB9, 4, 64)), new Change(250, 0, MidiMessage.pack(0xE9, 1, 64))));
        Path file = folder.resolve("pedal.mid");
        MidiFile.write(file, score);
        assertThat(MidiFile.read(file)).isEqualTo(score);
        assertThat(MidiFile.read(file).finer(4).changes().getLast().tick()).isEqualTo(1000);
        String hex = HexFormat.of().formatHex(MidiFile.encode(score));
        assertThat(hex).contains("b90764" + "00b90440" + "00992e5a");
    }

    @Test
    void shouldWriteWhatJavaReads() throws Exception {
        Score score = new Score(96, List.of(Tempo.ofBpm(0, 133)), List.of(new TimeSignature(0, 4, 4)),
                List.of(new Note(24, 48, 0, 9, 42, 64)), List.of("x"));
        Sequence sequence = MidiSystem.getSequence(new ByteArrayInputStream(MidiFile.encode(score)));
        assertThat(sequence.getResolution()).isEqualTo(96);
        Track track = sequence.getTracks()[0];
        assertThat(track.get(0).getMessage()).isInstanceOfSatisfying(MetaMessage.class,
                m -> assertThat(new String(m.getData(), US_ASCII)).isEqualTo("x"));
        assertThat(track.get(3).getTick()).isEqualTo(24);
        assertThat(track.get(3).getMessage().getMessage()).containsExactly(0x99, 42, 64);
        assertThat(track.get(4).getTick()).isEqualTo(48);
    }

    @Test
    void shouldReadWhatJavaWritesWithRunningStatus() throws Exception {
        Sequence sequence = new Sequence(Sequence.PPQ, 480, 2);
        Track notes = sequence.getTracks()[1];
        for (int i = 0; i < 50; i++) {
            notes.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_ON, 9, 36 + i % 5, 1 + i), 120L * i));
            notes.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_ON, 9, 36 + i % 5, 0), 120L * i + 60));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MidiSystem.write(sequence, 1, out);
        Score score = read(out.toByteArray());
        assertThat(score.notes()).hasSize(50);
        assertThat(score.notes().get(7)).isEqualTo(new Note(840, 900, 1, 9, 38, 8));
        assertThat(score.assumed()).contains("no tempo in it, 120 assumed; no metre in it, 4/4 assumed");
    }

    @Test
    void shouldKeepRunningStatusAcrossMetaEventsAndSkipSystemExclusive() throws Exception {
        Score score = read(track("00 99 24 64  10 FF 01 02 4142  00 26 40  05 F0 03 7E09F7  01 24 00  00 26 00  00 FF2F00"));
        assertThat(score.notes()).containsExactly(new Note(0, 22, 0, 9, 36, 100), new Note(16, 22, 0, 9, 38, 64));
    }

    @Test
    void shouldEndAllNotesOfAPitchAtItsNoteOffAndOpenOnesAfterATick() throws Exception {
        Score score = read(track("00 90 24 64  0A 90 24 50  0A 80 24 00  00 90 30 01  00 91 30 02  05 81 30 00  00 FF2F00"));
        assertThat(score.notes()).containsExactly(new Note(0, 20, 0, 0, 36, 100), new Note(10, 20, 0, 0, 36, 80),
                new Note(20, 21, 0, 0, 48, 1), new Note(20, 25, 0, 1, 48, 2));
    }

    @Test
    void shouldEndANoteWhereItsPitchIsStruckAgain() {
        Score score = new Score(480, List.of(), List.of(),
                List.of(new Note(0, 100, 0, 9, 36, 1), new Note(50, 150, 0, 9, 36, 2),
                        new Note(70, 70, 0, 9, 40, 3)),
                List.of());
        assertThat(read(MidiFile.encode(score)).notes()).containsExactly(new Note(0, 50, 0, 9, 36, 1),
                new Note(50, 150, 0, 9, 36, 2), new Note(70, 71, 0, 9, 40, 3));
    }

    @Test
    void shouldBridgeSilencesThatOneDeltaCannotHold() {
        long late = 3L << 28;
        Score score = new Score(480, List.of(), List.of(), List.of(new Note(late, late + 1, 0, 9, 36, 1)), List.of());
        assertThat(read(MidiFile.encode(score))).isEqualTo(score);
        assertThatThrownBy(() -> MidiFile.readFourFour(folder.resolve("test.mid"))).isInstanceOf(UserError.class)
                .hasMessageContaining("419430 bars long");
    }

    @Test
    void shouldConvertTicksThroughTempoChanges() {
        Score score = new Score(480, List.of(new Tempo(960, 250_000), new Tempo(1440, 1_000_000)), List.of(), List.of(),
                List.of());
        assertThat(score.secondsAt(480)).isEqualTo(0.5, within(1e-12));
        assertThat(score.secondsAt(1920)).isEqualTo(1 + 0.25 + 1, within(1e-12));
        assertThat(score.bpmAt(959)).isEqualTo(120);
        assertThat(score.bpmAt(960)).isEqualTo(240);
    }

    @Test
    void shouldNameWhatIsWrong() throws Exception {
        assertThatThrownBy(() -> read(new byte[0])).isInstanceOf(UserError.class).hasMessageContaining("not a MIDI file");
        assertThatThrownBy(() -> read("<html>".getBytes(US_ASCII)))
                .isInstanceOf(UserError.class).hasMessageContaining("not a MIDI file");
        assertThatThrownBy(() -> read(hex("4D546864 00000006 0000 0001 E728"))).isInstanceOf(UserError.class)
                .hasMessageContaining("SMPTE");
        assertThatThrownBy(() -> read(hex("4D546864 00000006 0002 0001 01E0"))).isInstanceOf(UserError.class)
                .hasMessageContaining("format 2");
        assertThatThrownBy(() -> read(track("00 90 24 F4  00 FF2F00"))).isInstanceOf(UserError.class)
                .hasMessageContaining("damaged at byte 25");
        assertThatThrownBy(() -> read(track("00 24 64"))).isInstanceOf(UserError.class).hasMessageContaining("damaged at byte");
        assertThatThrownBy(() -> MidiFile.read(folder.resolve("none.mid"))).isInstanceOf(UserError.class)
                .hasMessageContaining("none.mid: there is no such file");
        assertThatThrownBy(() -> MidiFile.read(folder)).isInstanceOf(UserError.class).hasMessageContaining("directory");
    }

    @Test
    void shouldSayWhereAFileWasCutOff() {
        byte[] whole = MidiFile.encode(new Score(480, List.of(Tempo.ofBpm(0, 120)), List.of(new TimeSignature(0, 4, 4)),
                List.of(new Note(0, 60, 1, 9, 36, 100), new Note(480, 500, 1, 9, 38, 100)), List.of("a", "b")));
        for (int length = 4; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(part)).isInstanceOf(UserError.class)
                    .hasMessageContaining("cut off at byte " + part.length);
        }
        // What follows the music is no part of it.
        assertThat(read(Arrays.copyOf(whole, whole.length + 5)).notes()).hasSize(2);
    }

    @Test
    void shouldNameTheBarOfAnotherMetre() {
        List<Note> notes = List.of(new Note(0, 10_000, 0, 9, 36, 100));
        Path file = folder.resolve("waltz.mid");
        MidiFile.write(file,
                new Score(480, List.of(), List.of(new TimeSignature(0, 4, 4), new TimeSignature(3840, 3, 4)), notes,
                        List.of()));
        assertThatThrownBy(() -> MidiFile.readFourFour(file)).isInstanceOf(UserError.class)
                .hasMessageContaining("waltz.mid: bar 3 is in 3/4");
        Path later = folder.resolve("later.mid");
        MidiFile.write(later, new Score(480, List.of(), List.of(new TimeSignature(10_000, 3, 4)), notes, List.of()));
        assertThat(MidiFile.readFourFour(later).notes()).hasSize(1);
        Path empty = folder.resolve("empty.mid");
        MidiFile.write(empty, new Score(480, List.of(), List.of(), List.of(), List.of()));
        assertThatThrownBy(() -> MidiFile.readFourFour(empty)).isInstanceOf(UserError.class)
                .hasMessageContaining("empty.mid: no notes");
    }

    @Test
    void shouldLeaveAnOldFileWholeWhenWritingFails() throws IOException {
        Path file = folder.resolve("old.mid");
        Files.writeString(file, "old");
        assertThatThrownBy(() -> OutputFile.write(file, out -> {
            out.write(1);
            throw new IOException("disk full");
        })).isInstanceOf(UserError.class).hasMessageContaining("old.mid: disk full");
        assertThat(file).hasContent("old");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        assertThatThrownBy(() -> OutputFile.write(folder.resolve("no/x.mid"), new byte[1])).isInstanceOf(UserError.class)
                .hasMessageContaining("there is no folder");
    }

    private Score read(byte[] bytes) {
        try {
            return MidiFile.read(Files.write(folder.resolve("test.mid"), bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] track(String events) {
        String hex = events.replace(" ", "");
        return hex(HEADER_480 + "4D54726B" + HexFormat.of().toHexDigits(hex.length() / 2) + hex);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
