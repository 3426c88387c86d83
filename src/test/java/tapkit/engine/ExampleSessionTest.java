package tapkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tapkit.control.Control;
import tapkit.control.Knob;
import tapkit.data.MidiFile;
import tapkit.data.Score;
import tapkit.journal.Journal;
import tapkit.telemetry.PlayedEvent;
import tapkit.telemetry.SessionScore;

/** The session that ships: on every machine it gives the file that ships beside it, byte for byte. */
class ExampleSessionTest {
    @BeforeAll
    static void writeIfToldTo() throws Exception {
        if (System.getProperty("tapkit.write-examples") != null) {
            ExampleSession.write();
        }
    }

    @Test
    void shouldGiveTheBytesThatShip() throws Exception {
        SessionScore score = new SessionScore(ExampleSession.BPM);
        Set<Control> turned = new HashSet<>();
        List<PlayedEvent.Kind> kinds = new ArrayList<>();
        Replay.Outcome outcome = new Replay(Journal.read(ExampleSession.FILE), List.of(), event -> {
            score.add(event);
            kinds.add(event.kind);
            if (event.kind == PlayedEvent.Kind.CONTROL) {
                turned.add(Knob.ALL.get(event.knob).control());
            }
        }).run();

        assertThat(outcome.same()).isTrue();
        assertThat(outcome.ended()).isTrue();
        assertThat(MidiFile.encode(score.score())).isEqualTo(Files.readAllBytes(ExampleSession.MIDI));
        assertThat(turned).contains(Control.MODE, Control.FILL, Control.PART, Control.BREAK, Control.ENDING, Control.KEEP_LAST);
        assertThat(kinds).contains(PlayedEvent.Kind.values());
    }

    @Test
    void shouldBeSmallAndWhole() throws Exception {
        Journal journal = Journal.read(ExampleSession.FILE);
        Score score = MidiFile.read(ExampleSession.MIDI);

        assertThat(Files.size(ExampleSession.FILE)).isLessThan(100_000);
        assertThat(journal.tail()).isEmpty();
        assertThat(journal.damage()).isEmpty();
        assertThat(score.trackNames()).containsExactly("tapkit", "taps", "drums");
        assertThat(score.notes()).filteredOn(note -> note.track() == 1).hasSizeGreaterThan(30);
        assertThat(score.notes()).filteredOn(note -> note.track() == 2).hasSizeGreaterThan(100);
        assertThat(Path.of("docs", "sessions.md")).content().contains(ExampleSession.FILE.toString());
    }
}
