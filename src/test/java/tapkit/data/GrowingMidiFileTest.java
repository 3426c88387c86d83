package tapkit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.UserError;
import tapkit.port.MidiMessage;

class GrowingMidiFileTest {
    private static final int LENGTH_AT = 18;

    @TempDir
    private Path folder;

    private static void note(TrackEncoder track, long tick) {
        track.message(tick, MidiMessage.noteOn(9, 36, 100)).message(tick + 10, MidiMessage.noteOff(9, 36));
    }

    private int notes(byte[] bytes) throws Exception {
        Path file = folder.resolve("state.mid");
        Files.write(file, bytes);
        int notes = MidiFile.read(file).notes().size();

        // an independent reader finds as many
        Sequence sequence = MidiSystem.getSequence(new ByteArrayInputStream(bytes));
        int ons = 0;
        for (int i = 0; i < sequence.getTracks()[0].size(); i++) {
            byte[] message = sequence.getTracks()[0].get(i).getMessage().getMessage();
            ons += (message[0] & 0xF0) == MidiMessage.NOTE_ON ? 1 : 0;
        }
        assertThat(ons).isEqualTo(notes);
        return notes;
    }

    @Test
    void shouldBeWholeAfterEachFlushAndAfterEachStepOfOne() throws Exception {
        Path file = folder.resolve("growing.mid");
        TrackEncoder track = new TrackEncoder();
        track.timeSignature(0, 4, 4);
        try (GrowingMidiFile growing = GrowingMidiFile.create(file, 960, track, 0)) {
            assertThat(notes(Files.readAllBytes(file))).isZero();
            for (int i = 0; i < 40; i++) {
                byte[] before = Files.readAllBytes(file);
                note(track, i * 100L);
                growing.flush(i * 100L + 10);
                byte[] after = Files.readAllBytes(file);

                byte[] appended = after.clone();
                System.arraycopy(before, 0, appended, 0, before.length);
                byte[] lengthened = appended.clone();
                System.arraycopy(after, LENGTH_AT, lengthened, LENGTH_AT, 4);
                assertThat(notes(appended)).isEqualTo(i);
                assertThat(notes(lengthened)).isBetween(i, i + 1);
                assertThat(notes(after)).isEqualTo(i + 1);
            }
        }
        assertThat(MidiFile.read(file).notes().getLast().onTick()).isEqualTo(3900);
    }

    /** A kill in the midst of an append leaves a part of it. */
    @Test
    void shouldBeWholeWithAnyPartOfAnAppend() throws Exception {
        Path file = folder.resolve("growing.mid");
        TrackEncoder track = new TrackEncoder();
        track.timeSignature(0, 4, 4);
        try (GrowingMidiFile growing = GrowingMidiFile.create(file, 960, track, 0)) {
            note(track, 0);
            growing.flush(10);
            byte[] before = Files.readAllBytes(file);
            note(track, 500);
            growing.flush(510);
            byte[] after = Files.readAllBytes(file);
            for (int length = before.length; length < after.length; length++) {
                byte[] cut = Arrays.copyOf(after, length);
                System.arraycopy(before, 0, cut, 0, before.length);
                assertThat(notes(cut)).isEqualTo(1);
            }
        }
    }

    @Test
    void shouldNotTouchTheFileWithoutNewEvents() throws Exception {
        Path file = folder.resolve("growing.mid");
        try (GrowingMidiFile growing = GrowingMidiFile.create(file, 960, new TrackEncoder(), 0)) {
            byte[] before = Files.readAllBytes(file);
            growing.flush(0);

            assertThat(Files.readAllBytes(file)).isEqualTo(before);
        }
    }

    @Test
    void shouldSayWhatIsWrongWithThePlace() {
        Path missing = folder.resolve("nowhere").resolve("take.mid");

        assertThatThrownBy(() -> GrowingMidiFile.create(missing, 960, new TrackEncoder(), 0)).isInstanceOf(UserError.class)
                .hasMessageContaining("there is no folder").hasMessageContaining("nowhere");
        assertThatThrownBy(() -> GrowingMidiFile.create(folder, 960, new TrackEncoder(), 0)).isInstanceOf(UserError.class)
                .hasMessageContaining("is a folder");
    }
}
