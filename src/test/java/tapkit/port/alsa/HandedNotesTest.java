package tapkit.port.alsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapkit.port.MidiMessage;

class HandedNotesTest {
    private static final long MILLI = 1_000_000;
    private static final long START = -5_000 * MILLI; // nanoTime may be anything
    private static final int ALL_NOTES_OFF = MidiMessage.pack(0xB9, 123, 0);
    private static final int ALL_SOUND_OFF = MidiMessage.pack(0xB9, 120, 0);

    private final HandedNotes notes = new HandedNotes();

    private List<Integer> endingsAt(long now) {
        List<Integer> messages = new ArrayList<>();
        notes.endings(now, messages::add);
        return messages;
    }

    @Test
    void shouldEndNothingWhereNothingWasPlayed() {
        notes.handed(MidiMessage.CLOCK, START);
        assertThat(endingsAt(START)).isEmpty();
    }

    @Test
    void shouldEndWhatHasNoEndYet() {
        notes.handed(MidiMessage.noteOn(9, 36, 100), START);
        assertThat(endingsAt(START + 3_600_000 * MILLI)).containsExactly(MidiMessage.noteOff(9, 36), ALL_NOTES_OFF,
                ALL_SOUND_OFF);
    }

    @Test
    void shouldEndWhatEndsLaterAndLeaveWhatHasEnded() {
        notes.handed(MidiMessage.noteOn(9, 36, 100), START);
        notes.handed(MidiMessage.noteOff(9, 36), START + 60 * MILLI);
        assertThat(endingsAt(START + 30 * MILLI)).contains(MidiMessage.noteOff(9, 36));
        assertThat(endingsAt(START + 100 * MILLI)).as("the kernel may be late").contains(MidiMessage.noteOff(9, 36));
        assertThat(endingsAt(START + 161 * MILLI)).containsExactly(ALL_NOTES_OFF, ALL_SOUND_OFF);
    }

    @Test
    void shouldEndANoteThatIsStruckAgainOrWithVelocity0() {
        notes.handed(MidiMessage.noteOn(9, 36, 100), START);
        notes.handed(MidiMessage.noteOn(9, 36, 0), START + MILLI);
        assertThat(endingsAt(START + 1000 * MILLI)).doesNotContain(MidiMessage.noteOff(9, 36));
        notes.handed(MidiMessage.noteOn(9, 36, 90), START + 900 * MILLI);
        assertThat(endingsAt(START + 1000 * MILLI)).contains(MidiMessage.noteOff(9, 36));
        notes.forget();
        assertThat(endingsAt(START + 1000 * MILLI)).containsExactly(ALL_NOTES_OFF, ALL_SOUND_OFF);
    }

    @Test
    void shouldEndANoteWhoseOwnEndWasRefused() {
        notes.handed(MidiMessage.noteOn(9, 36, 100), START);
        notes.handed(MidiMessage.noteOff(9, 36), START + 60 * MILLI);
        notes.refused(MidiMessage.noteOff(9, 36));
        assertThat(endingsAt(START + 1000 * MILLI)).contains(MidiMessage.noteOff(9, 36));
    }

    /** A pad whose cable was out for a second still holds the note whose end came meanwhile. */
    @Test
    void shouldEndEveryNoteThatEverSoundedForWhoWasAway() {
        notes.handed(MidiMessage.noteOn(9, 36, 100), START);
        notes.handed(MidiMessage.noteOff(9, 36), START + 60 * MILLI);
        notes.forget(); // all notes off, which it missed too
        notes.handed(MidiMessage.noteOn(9, 38, 100), START + 500 * MILLI);
        notes.handed(MidiMessage.noteOff(9, 38), START + 560 * MILLI);
        List<Integer> missed = new ArrayList<>();
        notes.missedEndings(missed::add);
        assertThat(missed).containsExactly(MidiMessage.noteOff(9, 36), MidiMessage.noteOff(9, 38), ALL_NOTES_OFF,
                ALL_SOUND_OFF);
    }
}
