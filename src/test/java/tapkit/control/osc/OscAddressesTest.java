package tapkit.control.osc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.illposed.osc.OSCMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tapkit.control.Control;
import tapkit.control.Knob;
import tapkit.control.osc.OscAddresses.Meaningless;
import tapkit.engine.EngineInput;
import tapkit.engine.SpokenInput;

class OscAddressesTest {
    private final List<String> done = new ArrayList<>();
    private final EngineInput engine = new SpokenInput(done::add);
    private final OscAddresses addresses = new OscAddresses(engine, () -> done.add("refresh"));

    private void take(String address, Object... arguments) throws Meaningless {
        addresses.take(new OSCMessage(address, List.of(arguments)), 7);
    }

    @Test
    void shouldHaveAnAddressForEveryKnob() throws Exception {
        for (Knob knob : Knob.ALL) {
            take(OscAddresses.of(knob), (float) knob.control().most());
            assertThat(done).as("%s", knob).containsExactly(knob.label() + " SET " + knob.control().most());
            done.clear();
        }
        assertThat(OscAddresses.of(Knob.of(Control.MUTE, 0))).isEqualTo("/tapkit/mute/kick");
    }

    @Test
    void shouldTakeNumbersNamesAndSwitches() throws Exception {
        take("/tapkit/temperature", 0.5f);
        take("/tapkit/density", 90);
        take("/tapkit/bpm", 92.5);
        take("/tapkit/mode", "loop");
        take("/tapkit/loop-bars", "8");
        take("/tapkit/mute/kick", true);
        take("/tapkit/mute/snare", "off");
        take("/tapkit/part", 2);
        assertThat(done).containsExactly("temperature SET 0.5", "density SET 90.0", "bpm SET 92.5", "mode SET 2.0",
                "loop-bars SET 3.0", "mute.kick SET 1.0", "mute.snare SET 0.0", "part SET 2.0");
    }

    @Test
    void shouldAddAndToggleAndPressOnceForEachPress() throws Exception {
        take("/tapkit/bpm/add", -1);
        take("/tapkit/part/add", 1f);
        take("/tapkit/overdub/toggle");
        take("/tapkit/overdub/toggle", 1f);
        take("/tapkit/overdub/toggle", 0f); // let go
        take("/tapkit/fill");
        take("/tapkit/fill", 1);
        take("/tapkit/fill", 0);
        take("/tapkit/fill", false);
        assertThat(done).containsExactly("bpm ADD -1.0", "part ADD 1.0", "overdub TOGGLE 1.0", "overdub TOGGLE 1.0",
                "fill SET 1.0",
                "fill SET 1.0");
    }

    @Test
    void shouldTakeTapsAsPadsAndTouchScreensSendThem() throws Exception {
        take("/tapkit/tap");
        take("/tapkit/tap", 1);
        take("/tapkit/tap", 127);
        take("/tapkit/tap", 0);
        take("/tapkit/tap", 1f);
        take("/tapkit/tap", 0.5f);
        take("/tapkit/tap", 0.001f);
        take("/tapkit/tap", 64.0);
        take("/tapkit/tap", 0f);
        assertThat(done).containsExactly("tap 100", "tap 1", "tap 127", "tap 127", "tap 64", "tap 1", "tap 64");
    }

    @Test
    void shouldSendEverythingAgainWhenAsked() throws Exception {
        take("/tapkit/refresh");
        assertThat(done).containsExactly("refresh");
    }

    @ParameterizedTest
    @CsvSource({"/tapkit/temperature, 2.5, must be from 0.0 to 2.0", "/tapkit/temperature, NaN, no number",
            "/tapkit/temperature, Infinity, no number", "/tapkit/mode, 3, must be from", "/tapkit/tap, 128, 0 to 127",
            "/tapkit/tap, -1, 0 to 127", "/tapkit/tap, NaN, 0 to 127", "/tapkit/nothing, 1, nothing has the address",
            "/tapkit/level, 1, nothing has the address", "/tapkit, 1, nothing has the address", "/other, 1, nothing has",
            "/tapkit/add, 1, nothing has"})
    void shouldIgnoreWhatMeansNothing(String address, float value, String cause) {
        assertThatThrownBy(() -> take(address, value)).isInstanceOf(Meaningless.class).hasMessageContaining(cause);
        assertThat(done).isEmpty();
    }

    @Test
    void shouldIgnoreArgumentsOfAnotherKind() {
        assertThatThrownBy(() -> take("/tapkit/mode", "solo")).hasMessageContaining("one of answer, together, loop");
        assertThatThrownBy(() -> take("/tapkit/tap", "loud")).isInstanceOf(Meaningless.class);
        assertThatThrownBy(() -> take("/tapkit/temperature", true)).isInstanceOf(Meaningless.class);
        assertThatThrownBy(() -> take("/tapkit/temperature")).isInstanceOf(Meaningless.class);
        assertThat(done).isEmpty();
    }
}
