package tapkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import tapkit.engine.SimulatedSession.Sent;
import tapkit.grid.Voice;
import tapkit.port.IdealOutput;
import tapkit.port.MidiMessage;
import tapkit.port.MidiOutput;

class DirectPathTest {
    private static final long MS = 1_000_000;

    private final DirectPath direct = new DirectPath();
    private LongConsumer delays;
    private int sent;
    private boolean takes = true;

    private final MidiOutput port = new IdealOutput() {
        @Override
        public boolean send(int message, long atNanos) {
            throw new AssertionError("belongs to the engine's thread");
        }

        @Override
        public boolean sendNow(int message, long atNanos) {
            sent = message;
            return takes;
        }

        @Override
        public void measureNow(LongConsumer nanos) {
            delays = nanos;
        }
    };

    private int strike(int note, int velocity, long at) {
        sent = 0;
        int struck = direct.strike(MidiMessage.noteOn(4, note, velocity), at);
        assertThat(sent).isEqualTo(struck);
        return struck;
    }

    /** Pads that are slow and a synthesizer that is slow: taps are given earlier times, messages leave earlier. */
    @Test
    void shouldBeEndedAfterItHasLeft() {
        long offset = 200 * MS;
        long left = SimulatedSession.BEGIN + 300 * MS;
        SimulatedSession session = SimulatedSession.withPortLead(10 * MS + offset, SimulatedSession.internal(120));
        session.directTap(left - offset, left, 60, 100, drum(Voice.SNARE, 100));
        session.run(left + 400 * MS, MS);
        assertThat(session.drums.sent).extracting(Sent::message).containsExactly(MidiMessage.noteOff(9, 38));
        assertThat(session.drums.sent.getFirst().atNanos() - offset).isGreaterThan(left + 10 * MS);
    }

    private static int drum(Voice voice, int velocity) {
        return MidiMessage.noteOn(MidiMessage.DRUM_CHANNEL, voice.note(), velocity);
    }

    @Test
    void shouldPlayThePadsOwnDrumAndTheSnareForOtherNotes() {
        direct.sendTo(List.of(port));
        assertThat(strike(36, 90, 0)).as("off").isZero();
        direct.on(true);
        assertThat(strike(36, 90, 100 * MS)).isEqualTo(drum(Voice.KICK, 90));
        assertThat(strike(22, 90, 200 * MS)).isEqualTo(drum(Voice.CLOSED_HAT, 90));
        assertThat(strike(60, 90, 300 * MS)).isEqualTo(drum(Voice.SNARE, 90));
        direct.playAlways(Voice.RIDE);
        assertThat(strike(36, 90, 500 * MS)).isEqualTo(drum(Voice.RIDE, 90));
    }

    @Test
    void shouldNotPlayWhatIsNoTapNorClaimWhatThePortRefused() {
        direct.on(true);
        assertThat(direct.strike(MidiMessage.noteOn(0, 38, 1), 0)).as("no port").isZero();
        direct.sendTo(List.of(port));
        assertThat(direct.strike(MidiMessage.noteOff(0, 38), 0)).isZero();
        assertThat(direct.strike(MidiMessage.noteOn(0, 38, 0), 0)).isZero();
        assertThat(strike(38, 90, 100 * MS)).isNotZero();
        assertThat(strike(38, 90, 105 * MS)).as("an echo").isZero();
        takes = false;
        assertThat(direct.strike(MidiMessage.noteOn(0, 38, 90), 200 * MS)).isZero();
    }

    @Test
    void shouldTellHowLongItTook() {
        direct.sendTo(List.of(port));
        delays.accept(200_000);
        assertThat(direct.latency().total().getMaxValue()).isBetween(200_000L, 201_000L);
    }

    /** The engine ends the note, tells everyone of it, and counts the tap once. */
    @Test
    void shouldBeEndedAndToldOfByTheEngine() {
        SimulatedSession session = new SimulatedSession(SimulatedSession.internal(120));
        long at = SimulatedSession.BEGIN + 10 * MS;
        session.directTap(at, 60, 100, drum(Voice.SNARE, 100));
        session.run(at + 200 * MS, MS);
        assertThat(session.drums.sent).extracting(Sent::message).containsExactly(MidiMessage.noteOff(9, 38));
        assertThat(session.drums.sent.getFirst().atNanos()).isEqualTo(at + 70 * MS); // a lead later
        assertThat(session.snapshot().taps()).isOne();
        assertThat(session.snapshot().hits()).isOne();
    }
}
