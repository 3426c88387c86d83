package tapkit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tapkit.control.Change;
import tapkit.control.Control;
import tapkit.control.Knob;
import tapkit.engine.EngineInput;
import tapkit.telemetry.PlayedEvent;
import tapkit.telemetry.PlayedFeed;
import tapkit.telemetry.QueuedFeed;

class PresetPlayerTest {
    @TempDir
    private Path folder;

    private final List<String> turned = new ArrayList<>();
    private final Deque<PlayedEvent> events = new ArrayDeque<>();

    private final EngineInput engine = new EngineInput() {
        @Override
        public void pad(int message, long atNanos) {
            throw new AssertionError("no pads here");
        }

        @Override
        public void clock(int message, long atNanos) {
            throw new AssertionError("no clock here");
        }

        @Override
        public void control(Control control, int voice, Change change, double value, long atNanos) {
            assertThat(change).isEqualTo(Change.SET);
            Knob knob = Knob.of(control, voice);
            turned.add(knob.label() + " " + knob.format(value));
        }
    };

    private final PlayedFeed feed = new QueuedFeed(events);

    private Path slow;
    private PresetPlayer player;

    @BeforeEach
    void songs() throws IOException {
        slow = Files.write(folder.resolve("slow.toml"), List.of("bpm = 80", "mode = 'loop'"));
        Path fast = Files.write(folder.resolve("fast.toml"), List.of("bpm = 170", "level.kick = 90", "[mute]", "ride = true"));
        player = new PresetPlayer(List.of(slow, fast), engine, feed);
    }

    private void happens(Control control, double value) {
        PlayedEvent event = new PlayedEvent();
        event.kind = PlayedEvent.Kind.CONTROL;
        event.knob = Knob.of(control).index();
        event.value = value;
        events.add(event);
        turned.clear();
        player.hear();
    }

    @Test
    void shouldSetTheControlsOfTheSongThatIsChosen() {
        happens(Control.PRESET, 1);
        assertThat(turned).containsExactlyInAnyOrder("bpm 170", "level.kick 90", "mute.ride on", "preset 1");

        happens(Control.PRESET, 1);
        assertThat(turned).as("its own change comes back").isEmpty();
        happens(Control.PRESET, 7);
        assertThat(turned).as("there is no such song").isEmpty();
        happens(Control.TEMPERATURE, 0);
        assertThat(turned).isEmpty();
    }

    @Test
    void shouldGoForthAndBackAndStopAtTheEnds() {
        happens(Control.PRESET_NEXT, 1);
        assertThat(turned).containsExactlyInAnyOrder("bpm 80", "mode loop", "preset 0");
        happens(Control.PRESET_NEXT, 1);
        assertThat(turned).contains("bpm 170");
        happens(Control.PRESET_NEXT, 1);
        assertThat(turned).isEmpty();
        happens(Control.PRESET_PREVIOUS, 1);
        assertThat(turned).contains("bpm 80");
        happens(Control.PRESET_PREVIOUS, 1);
        assertThat(turned).isEmpty();
    }

    @Test
    void shouldReadAgainWhatHasChangedAndKeepTheOldWhereItIsWrong() throws IOException {
        happens(Control.PRESET, 0);
        turned.clear();
        player.look();
        assertThat(turned).as("nothing changed").isEmpty();

        Files.write(slow, List.of("bpm = 85"));
        Files.setLastModifiedTime(slow, FileTime.fromMillis(1_000_000));
        player.look();
        assertThat(turned).containsExactly("bpm 85");

        turned.clear();
        Files.write(slow, List.of("bpm = 8500"));
        Files.setLastModifiedTime(slow, FileTime.fromMillis(2_000_000));
        player.look();
        assertThat(turned).isEmpty();
        happens(Control.PRESET, 1);
        happens(Control.PRESET, 0);
        assertThat(turned).as("the last good one").contains("bpm 85");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"temperatur = 1 | song.toml:1: there is no key temperatur; did you mean temperature?",
            "level.kik = 3      | song.toml:1: there is no key kik in [level]; did you mean kick?",
            "#;level.kick = 300 | song.toml:2: level.kick is 300; it must be from 0 to 200",
            "mode = 'lop'       | song.toml:1: mode is lop; it must be one of answer, together, loop",
            "level = 3          | song.toml:1: level must be a table",
            "fill = 1           | song.toml:1: there is no key fill"})
    void shouldNameTheLineOfWhatIsWrong(String lines, String message) throws IOException {
        Path song = Files.write(folder.resolve("song.toml"), List.of(lines.split(";")));

        assertThatThrownBy(() -> Preset.read(song)).hasMessageContaining(message);
    }
}
