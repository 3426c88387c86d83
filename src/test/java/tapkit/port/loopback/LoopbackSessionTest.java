package tapkit.port.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapkit.port.MidiMessage;
import tapkit.port.PortPlan;

class LoopbackSessionTest {
    @Test
    void shouldBringInWhatIsPushedAndShowWhatIsSent() {
        List<Integer> taps = new ArrayList<>();
        List<Integer> clocks = new ArrayList<>();
        List<String> sent = new ArrayList<>();
        try (LoopbackSession session = new LoopbackBackend().open(new PortPlan(List.of(), null, null, false),
                (message, at) -> taps.add(message), (message, at) -> clocks.add(message))) {
            session.drums().watch((message, at) -> sent.add(MidiMessage.data1(message) + "@" + at), () -> sent.add("silence"));
            session.pad(MidiMessage.noteOn(0, 60, 1), 5);
            session.clockIn(MidiMessage.START, 6);
            assertThat(session.drums().send(MidiMessage.noteOn(9, 36, 1), 7)).isTrue();
        }
        assertThat(taps).containsExactly(MidiMessage.noteOn(0, 60, 1));
        assertThat(clocks).containsExactly(MidiMessage.START);
        assertThat(sent).containsExactly("36@7", "silence");
    }

    @Test
    void shouldTakeNothingOnceClosed() {
        LoopbackSession session = new LoopbackBackend().open(new PortPlan(List.of(), null, null, false), (message, at) -> {
        }, (message, at) -> {
        });
        session.close();
        assertThat(session.drums().send(MidiMessage.noteOn(9, 36, 1), 0)).isFalse();
        assertThat(session.health().dropped()).isOne();
    }
}
