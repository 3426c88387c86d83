package tapkit.control.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tapkit.control.Change;
import tapkit.control.Control;

class PageMessageTest {
    @Test
    void shouldReadEachKind() throws Exception {
        assertThat(PageMessage.parse("{\"t\":\"ping\",\"p\":12.5}")).isEqualTo(new PageMessage.Ping(12.5));
        assertThat(PageMessage.parse("{\"t\":\"tap\",\"v\":92,\"at\":1000.25}")).isEqualTo(new PageMessage.Tap(1, 92, 1000.25));
        assertThat(PageMessage.parse("{\"t\":\"tap\",\"v\":1}")).isEqualTo(new PageMessage.Tap(1, 1, Double.NaN));
        assertThat(PageMessage.parse("{\"t\":\"set\",\"c\":\"BPM\",\"v\":96.5,\"at\":3}"))
                .isEqualTo(new PageMessage.Turn(Control.BPM, -1, Change.SET, 96.5, 3));
    }

    @Test
    void shouldReadPadsAndWhatIsToBeUnbound() throws Exception {
        assertThat(PageMessage.parse("{\"t\":\"tap\",\"i\":8,\"v\":5}")).isEqualTo(new PageMessage.Tap(8, 5, Double.NaN));
        assertThat(PageMessage.parse("{\"t\":\"unbind\",\"k\":3}")).isEqualTo(new PageMessage.Unbind(3));
    }

    @Test
    void shouldReadVoicesAndChanges() throws Exception {
        assertThat(PageMessage.parse("{\"t\":\"set\",\"c\":\"LEVEL\",\"i\":8,\"v\":80}"))
                .isEqualTo(new PageMessage.Turn(Control.LEVEL, 8, Change.SET, 80, Double.NaN));
        assertThat(PageMessage.parse("{\"t\":\"set\",\"c\":\"MUTE\",\"i\":0,\"how\":\"toggle\"}"))
                .isEqualTo(new PageMessage.Turn(Control.MUTE, 0, Change.TOGGLE, 0, Double.NaN));
        assertThat(PageMessage.parse("{\"t\":\"set\",\"c\":\"PART\",\"how\":\"add\",\"v\":-1}"))
                .isEqualTo(new PageMessage.Turn(Control.PART, -1, Change.ADD, -1, Double.NaN));
    }

    @ParameterizedTest
    @EnumSource(names = {"TAP_TEMPO", "START", "STOP", "PANIC", "CLEAR", "FILL", "RECORD", "UNDO"})
    void shouldReadButtonsWithoutValue(Control button) throws Exception {
        assertThat(PageMessage.parse("{\"t\":\"set\",\"c\":\"" + button + "\"}"))
                .isEqualTo(new PageMessage.Turn(button, -1, Change.SET, 1, Double.NaN));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"not JSON|{", "not JSON|{\"t\":\"ping\",\"p\":1} {}",
            "not JSON|{\"t\":\"ping\",\"p\":NaN}", "unknown kind|``", "unknown kind|null", "unknown kind|[1]", "unknown kind|7",
            "unknown kind|{\"t\":\"drop\"}", "field \"p\" is missing or no number|{\"t\":\"ping\"}",
            "field \"p\" is missing or no number|{\"t\":\"ping\",\"p\":1e999}",
            "field \"v\" is missing or no number|{\"t\":\"tap\",\"v\":\"92\"}", "value out of range|{\"t\":\"tap\",\"v\":0}",
            "value out of range|{\"t\":\"tap\",\"v\":128}",
            "value out of range|{\"t\":\"tap\",\"i\":9,\"v\":9}", "value out of range|{\"t\":\"unbind\",\"k\":9999}",
            "field \"k\" is missing or no number|{\"t\":\"unbind\"}",
            "field \"at\" is missing or no number|{\"t\":\"tap\",\"v\":9,\"at\":null}",
            "unknown control|{\"t\":\"set\",\"c\":\"bpm\",\"v\":100}", "unknown control|{\"t\":\"set\"}",
            "value out of range|{\"t\":\"set\",\"c\":\"BPM\",\"v\":19.9}",
            "value out of range|{\"t\":\"set\",\"c\":\"BPM\",\"v\":301}",
            "value out of range|{\"t\":\"set\",\"c\":\"TEMPERATURE\",\"v\":-0.1}",
            "field \"v\" is missing or no number|{\"t\":\"set\",\"c\":\"TEMPERATURE\"}",
            "field \"i\" is missing or no number|{\"t\":\"set\",\"c\":\"LEVEL\",\"v\":80}",
            "value out of range|{\"t\":\"set\",\"c\":\"LEVEL\",\"i\":9,\"v\":80}",
            "field \"how\" is none of set, add, toggle|{\"t\":\"set\",\"c\":\"BPM\",\"v\":80,\"how\":\"halve\"}"})
    void shouldRefuseWhatIsMalformed(String cause, String message) {
        assertThatThrownBy(() -> PageMessage.parse(message)).isInstanceOf(PageMessage.Malformed.class).hasMessage(cause);
    }
}
