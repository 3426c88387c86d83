package tapkit.control.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.config.Settings;
import tapkit.control.Control;
import tapkit.control.Knob;
import tapkit.control.midi.Binding;
import tapkit.control.midi.BindingsFile;

/** Every control is reached by the page, by MIDI and, if it has a value to begin with, by a file. */
class EveryWayTest {
    /** What these stand at when the music begins is said elsewhere, or means nothing. */
    private static final Set<Control> OTHERWISE = Set.of(Control.BPM, Control.TEMPERATURE, Control.SEED, Control.PRESET,
            Control.LEARN);

    @TempDir
    private Path folder;

    @Test
    void shouldReachEveryKnobByThePage() throws Exception {
        for (Knob knob : Knob.ALL) {
            String voice = knob.voice() == Knob.NO_VOICE ? "" : ",\"i\":" + knob.voice();
            PageMessage read = PageMessage.parse("{\"t\":\"set\",\"c\":\"%s\"%s,\"v\":%s}".formatted(knob.control(), voice,
                    knob.control().most()));
            assertThat(read).isInstanceOfSatisfying(PageMessage.Turn.class, turn -> {
                assertThat(turn.control()).isEqualTo(knob.control());
                assertThat(turn.voice()).isEqualTo(knob.voice());
                assertThat(turn.value()).isEqualTo(knob.control().most());
            });
        }
    }

    @Test
    void shouldReachEveryKnobByMidi() throws Exception {
        List<String> lines = new ArrayList<>();
        for (Knob knob : Knob.ALL) {
            String how = knob.control().kind() == Control.Kind.TRIGGER ? "momentary" : "absolute";
            lines.add("cc %d %d = %s %s".formatted(1 + knob.index() / 128, knob.index() % 128, knob.label(), how));
        }
        Path file = Files.write(folder.resolve("bindings"), lines);

        assertThat(BindingsFile.read(file)).extracting(Binding::knob).containsExactlyElementsOf(Knob.ALL);
    }

    @Test
    void shouldReachEveryValueByAFile() throws Exception {
        List<Knob> kept = Knob.ALL.stream().filter(knob -> knob.control().kind() != Control.Kind.TRIGGER)
                .filter(knob -> !OTHERWISE.contains(knob.control())).toList();
        List<String> lines = new ArrayList<>(List.of("[controls]"));
        for (Knob knob : kept) {
            boolean word = !knob.control().choices().isEmpty() && knob.control().kind() != Control.Kind.SWITCH;
            String value = knob.control().kind() == Control.Kind.SWITCH ? "true" : knob.format(knob.control().most());
            lines.add(knob.label() + " = " + (word ? '"' + value + '"' : value));
        }
        Path file = Files.write(folder.resolve("gig.toml"), lines);

        Map<Knob, Double> controls = Settings.of(file, Map.of(), Map.of()).controls();
        for (Knob knob : kept) {
            assertThat(controls.get(knob)).as(knob.label()).isEqualTo(knob.control().most());
        }
    }
}
