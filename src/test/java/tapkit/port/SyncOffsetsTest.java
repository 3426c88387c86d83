package tapkit.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tapkit.port.loopback.LoopbackBackend;
import tapkit.port.loopback.LoopbackOutput;

class SyncOffsetsTest {
    private static final long MS = 1_000_000;
    private static final int NOTE = MidiMessage.noteOn(9, 38, 100);

    private final List<Long> times = new ArrayList<>();

    @Test
    void shouldShiftEachPadByItsOwn() {
        MidiReceiver pad = new SyncOffsets(Map.of("in", -4.0, "in2", 1.5)).pad((message, at) -> times.add(at));
        pad.receive(NOTE, 100 * MS);
        pad.receive(MidiMessage.from(1, NOTE), 100 * MS);
        assertThat(times).containsExactly(96 * MS, 97_500_000L);
    }

    @Test
    void shouldShiftTheClock() {
        new SyncOffsets(Map.of("clock-in", 12.0)).clock((message, at) -> times.add(at)).receive(MidiMessage.CLOCK, 0);
        new SyncOffsets(Map.of("clock-in", -5.0)).transport((rolling, beat, seconds, bpm, at) -> times.add(at)).transport(true,
                0,
                0, 120, 7 * MS);
        assertThat(times).containsExactly(12 * MS, 2 * MS);
    }

    @Test
    void shouldWantMessagesEarlierThatLeaveEarlier() {
        try (MidiSession session = new LoopbackBackend().open(new PortPlan(List.of(), null, null, true),
                (message, at) -> times.add(at),
                (message, at) -> {
                })) {
            SyncOffsets offsets = new SyncOffsets(Map.of("out", -30.0, "clock-out", 5.0));
            ((LoopbackOutput) session.drums()).watch((message, at) -> times.add(at), () -> {
            });
            MidiOutput drums = offsets.drums(session.drums());
            assertThat(drums.leadNanos()).isEqualTo(session.drums().leadNanos() + 30 * MS);
            assertThat(offsets.clock(session.clock()).leadNanos()).isEqualTo(session.clock().leadNanos());
            assertThat(offsets.clock(session.clock()).delayNanos()).as("for whoever waits until all has left")
                    .isEqualTo(5 * MS);
            assertThat(drums.delayNanos()).isZero();
            assertThat(SyncOffsets.NONE.drums(session.drums())).isSameAs(session.drums());
            drums.send(NOTE, 100 * MS);
            drums.sendNow(NOTE, 100 * MS);
            assertThat(times).contains(70 * MS, 100 * MS);
        }
    }

    @Test
    void shouldSayWhatIsWrong() {
        assertThatThrownBy(() -> new SyncOffsets(Map.of("inn", 1.0))).hasMessageContaining("inn is no port");
        assertThatThrownBy(() -> new SyncOffsets(Map.of("out", 201.0))).hasMessageContaining("out=201.0");
        assertThatThrownBy(() -> new SyncOffsets(Map.of("out", Double.NaN))).hasMessageContaining("out=NaN");
    }
}
