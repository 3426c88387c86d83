package tapkit.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KnobTest {
    @Test
    void shouldFindEveryKnobByItsNameAndPlace() {
        Set<String> names = new HashSet<>();
        for (Knob knob : Knob.ALL) {
            assertThat(names.add(knob.label())).isTrue();
            assertThat(Knob.named(knob.label())).contains(knob);
            assertThat(Knob.of(knob.control(), knob.voice())).isSameAs(knob);
            assertThat(Knob.ALL.get(knob.index())).isSameAs(knob);
        }
        assertThat(names).contains("temperature", "level.closed-hat", "mute.kick", "loop-bars");
        assertThat(Knob.named("level")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeInTheGuide(Control control) throws IOException {
        Knob knob = Knob.of(control, 0);
        String values = switch (control.kind()) {
            case TRIGGER -> "button";
            case SWITCH -> "on, off (" + knob.format(control.initial()) + ")";
            case CHOICE -> String.join(", ", control.choices()) + " (" + knob.format(control.initial()) + ")";
            case CONTINUOUS -> "%s to %s%s (%s)".formatted(knob.format(control.least()), knob.format(control.most()),
                    control.unit().isEmpty() ? "" : " " + control.unit(), knob.format(control.initial()));
        };
        String when = control.when() == Control.When.AT_ONCE ? "at once" : "next bar";
        assertThat(Files.readAllLines(Path.of("docs", "modes.md")))
                .contains("| `%s` | %s | %s | %s |".formatted(control.label(), values, when, control.description()));
    }

    @Test
    void shouldBeNothingElseInTheGuide() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("docs", "modes.md")).stream()
                .dropWhile(line -> !line.startsWith("| control | values (default) |")).skip(2)
                .takeWhile(line -> line.startsWith("| `")).map(line -> line.split("`", -1)[1]).toList();
        assertThat(rows).containsExactly(Arrays.stream(Control.values()).map(Control::label).toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeginWithinItsRange(Control control) {
        assertThat(control.clamp(control.initial())).isEqualTo(control.initial());
        assertThat(control.clamp(-1e9)).isEqualTo(control.least());
        assertThat(control.clamp(Double.NaN)).isEqualTo(control.initial());
        assertThat(control.description()).isNotBlank().doesNotEndWith(".");
    }

    @ParameterizedTest
    @CsvSource({"mode, SET, 2, 0, 2", "mode, ADD, 1, 2, 0", "mode, ADD, -1, 0, 2", "bpm, ADD, 5, 298, 300",
            "bpm, ADD, -0.5, 100, 99.5",
            "bpm, SET, 7, 100, 20", "overdub, TOGGLE, 0, 1, 0", "overdub, TOGGLE, 0, 0, 1", "morph, TOGGLE, 0, 20, 100",
            "morph, TOGGLE, 0, 100, 0", "seed, SET, 12.4, 0, 12"})
    void shouldWorkOutWhatAChangeMakesOfAValue(String control, Change change, double value, double now, double then) {
        assertThat(Control.named(control).orElseThrow().changed(now, change, value)).isEqualTo(then);
    }

    @ParameterizedTest
    @CsvSource({"mode, loop, 2", "mode, Answer, 0", "mute.kick, on, 1", "mute.kick, true, 1", "mute.kick, off, 0",
            "bpm, 92.5, 92.5",
            "memory, infinite, 10", "loop-bars, 8, 3"})
    void shouldReadAndWriteValuesAsPeopleDo(String name, String text, double value) {
        Knob knob = Knob.named(name).orElseThrow();
        assertThat(knob.parse(text)).isEqualTo(value);
        assertThat(knob.parse(knob.format(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"mode|solo|mode is solo; it must be one of answer, together, loop",
            "bpm|10|bpm is 10; it must be from 20 to 300", "bpm|fast|bpm is fast; it must be from 20 to 300",
            "seed|1.5|seed is 1.5; it must be from 0 to 999999, a whole number",
            "fill|1|fill is 1; it must be pressed; it has no value"})
    void shouldSayWhatAValueMustBe(String name, String text, String message) {
        Knob knob = Knob.named(name).orElseThrow();
        assertThatThrownBy(() -> knob.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
