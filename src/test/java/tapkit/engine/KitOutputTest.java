package tapkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapkit.port.IdealOutput;
import tapkit.port.MidiMessage;
import tapkit.tap.KitMap;
import tapkit.tap.PadSettings;
import tapkit.tap.VelocityCurve;

/** The filter before the engine and the kit behind it, on what goes through. */
class KitOutputTest {
    /** Keeps what was sent. */
    private static final class Kept extends IdealOutput {
        private final List<Integer> messages = new ArrayList<>();

        @Override
        public boolean send(int message, long atNanos) {
            return messages.add(message);
        }

        @Override
        public void silence() {
            messages.clear();
        }
    }

    private static final int PEDAL = MidiMessage.CONTROL_CHANGE | 9;

    private final Kept port = new Kept();

    @Test
    void shouldPlayAKitWithItsNotes() {
        KitOutput kit = new KitOutput(port, KitMap.YAMAHA, false);

        kit.send(MidiMessage.noteOn(9, 36, 100), 0);
        kit.send(MidiMessage.noteOff(9, 36), 1);
        kit.sendNow(MidiMessage.noteOn(9, 38, 90), 2);
        kit.send(MidiMessage.pack(PEDAL, 36, 1), 3);

        assertThat(port.messages).containsExactly(MidiMessage.noteOn(9, 33, 100), MidiMessage.noteOff(9, 33),
                MidiMessage.noteOn(9, 31, 90), MidiMessage.pack(PEDAL, 36, 1));
    }

    @Test
    void shouldMoveThePedalBeforeTheHiHatItChanges() {
        KitOutput kit = new KitOutput(port, KitMap.GM, true);

        kit.send(MidiMessage.noteOn(9, 42, 100), 0);
        kit.send(MidiMessage.noteOn(9, 42, 100), 1);
        kit.send(MidiMessage.noteOn(9, 38, 100), 2);
        kit.send(MidiMessage.noteOn(9, 46, 100), 3);

        assertThat(port.messages).containsExactly(MidiMessage.pack(PEDAL, 4, 127), MidiMessage.noteOn(9, 42, 100),
                MidiMessage.noteOn(9, 42, 100), MidiMessage.noteOn(9, 38, 100), MidiMessage.pack(PEDAL, 4, 0),
                MidiMessage.noteOn(9, 46, 100));
    }

    @Test
    void shouldReadEachInputsPadsAndLetTheRestPass() {
        List<Integer> taken = new ArrayList<>();
        PadFilter filter = new PadFilter(List.of(new PadSettings(KitMap.YAMAHA, VelocityCurve.LINEAR, 10, 12, 0),
                new PadSettings(KitMap.GM, VelocityCurve.FIXED, 1, 12, 0)), (message, atNanos) -> taken.add(message));
        filter.sendPedalTo(port);

        filter.receive(MidiMessage.noteOn(9, 33, 50), 0);
        filter.receive(MidiMessage.noteOn(9, 33, 50), 5_000_000);
        filter.receive(MidiMessage.noteOn(9, 31, 9), 20_000_000);
        filter.receive(MidiMessage.from(1, MidiMessage.noteOn(0, 33, 20)), 30_000_000);
        filter.receive(MidiMessage.pack(PEDAL, 4, 10), 40_000_000);
        filter.receive(MidiMessage.noteOn(9, 42, 60), 50_000_000);
        filter.receive(MidiMessage.pack(0xC9, 3, 0), 60_000_000);

        assertThat(taken).containsExactly(MidiMessage.noteOn(9, 36, 50), MidiMessage.from(1, MidiMessage.noteOn(0, 33, 100)),
                MidiMessage.pack(PEDAL, 4, 10), MidiMessage.noteOn(9, 46, 60), MidiMessage.pack(0xC9, 3, 0));
        assertThat(filter.masked()).as("an echo, and one below the threshold").isEqualTo(2);
        assertThat(port.messages).as("the player's own pedal is kept").containsExactly(MidiMessage.pack(PEDAL, 4, 10));
    }
}
