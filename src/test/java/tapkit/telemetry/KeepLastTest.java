package tapkit.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.control.Control;
import tapkit.control.Knob;
import tapkit.data.MidiFile;
import tapkit.data.Score;
import tapkit.telemetry.PlayedEvent.Kind;

/** One press after the fact, and what is in the file. */
class KeepLastTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long BEGIN = 77 * SECOND;

    @TempDir
    private Path folder;
    private final Deque<PlayedEvent> events = new ArrayDeque<>();
    private final List<Path> told = new ArrayList<>();
    private final KeepLast keeper = new KeepLast(new QueuedFeed(events), () -> folder.resolve("kept-" + told.size() + ".mid"),
            told::add);

    /** At 120 bpm, a beat every half second. */
    private void play(Kind kind, int note, double beat) {
        PlayedEvent event = new PlayedEvent();
        event.kind = kind;
        event.note = note;
        event.velocity = 90;
        event.atNanos = BEGIN + Math.round(beat * SECOND / 2);
        event.beat = beat;
        event.bpm = 120;
        if (kind == Kind.CONTROL) {
            event.knob = Knob.of(Control.KEEP_LAST).index();
            event.value = 1;
        }
        events.add(event);
    }

    @Test
    void shouldWriteTheLastTwoMinutesFromABarLine() {
        for (int beat = 0; beat < 600; beat++) {
            play(Kind.TAP, 60, beat);
            play(Kind.DRUM, 36, beat + 0.5);
            if (beat % 100 == 0) {
                keeper.turn();
            }
        }
        play(Kind.CONTROL, 0, 598.3);
        keeper.turn();
        Score kept = MidiFile.read(told.getFirst());

        // two minutes are 240 beats: from beat 358.3, that is from its bar line, beat 356, and what may come half a sixteenth before
        assertThat(kept.trackNames()).containsExactly("tapkit", "taps", "drums");
        assertThat(kept.notes()).filteredOn(note -> note.track() == 1).hasSize(600 - 356)
                .first().satisfies(note -> assertThat(note.onTick()).isEqualTo(3840));
        assertThat(kept.notes()).filteredOn(note -> note.track() == 2).hasSize(600 - 356);
    }

    @Test
    void shouldWriteAsOftenAsItIsPressedAndNothingIfNothingWasPlayed() {
        play(Kind.CONTROL, 0, 0);
        keeper.turn();
        assertThat(told).isEmpty();
        play(Kind.TAP, 60, 0);
        play(Kind.CONTROL, 0, 1);
        play(Kind.TAP, 60, 2);
        play(Kind.CONTROL, 0, 3);
        keeper.turn();

        assertThat(told).hasSize(2).allMatch(Files::exists);
        assertThat(MidiFile.read(told.getLast()).notes()).hasSize(2);
    }

    @Test
    void shouldForgetWhatIsLongGone() {
        for (int beat = 0; beat < 2000; beat++) {
            play(Kind.TAP, 60, beat);
            keeper.turn();
        }
        assertThat(keeper.remembered()).isBetween(240, 320);
    }
}
