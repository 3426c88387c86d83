package tapkit.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoundingNotesTest {
    private final SoundingNotes sounding = new SoundingNotes();

    private List<Integer> end() {
        List<Integer> messages = new ArrayList<>();
        sounding.beginEnding();
        for (int message = sounding.ending(); message != 0; message = sounding.ending()) {
            messages.add(message);
            sounding.sent(message);
        }
        return messages;
    }

    @Test
    void shouldEndEachNoteThatSoundsAndThenTheChannel() {
        sounding.sent(MidiMessage.noteOn(9, 36, 100));
        sounding.sent(MidiMessage.noteOn(9, 127, 1));
        sounding.sent(MidiMessage.noteOn(9, 42, 100));
        sounding.sent(MidiMessage.noteOff(9, 42));
        sounding.sent(MidiMessage.noteOn(9, 38, 100));
        sounding.sent(MidiMessage.noteOn(9, 38, 0)); // a note-off in disguise
        sounding.sent(MidiMessage.noteOn(15, 0, 5));
        sounding.sent(MidiMessage.CLOCK);

        assertThat(end()).containsExactly(MidiMessage.noteOff(9, 36), MidiMessage.noteOff(9, 127), MidiMessage.noteOff(15, 0),
                MidiMessage.pack(0xB9, 123, 0), MidiMessage.pack(0xBF, 123, 0), MidiMessage.pack(0xB9, 120, 0),
                MidiMessage.pack(0xBF, 120, 0));
        assertThat(sounding.ending()).isZero();
    }

    @Test
    void shouldHaveNothingToEndWhereNothingWasPlayed() {
        sounding.sent(MidiMessage.CLOCK);
        assertThat(end()).isEmpty();
    }
}
