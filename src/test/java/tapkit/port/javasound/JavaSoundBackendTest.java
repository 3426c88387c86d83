package tapkit.port.javasound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Transmitter;
import org.junit.jupiter.api.Test;
import tapkit.UserError;
import tapkit.port.MidiMessage;
import tapkit.port.MidiReceiver;
import tapkit.port.MidiSession;
import tapkit.port.PortInfo;
import tapkit.port.PortPlan;

/** The wiring to {@code javax.sound.midi}, with devices that are written to its interfaces: this needs no hardware. */
class JavaSoundBackendTest {
    private static final MidiReceiver NOBODY = (message, atNanos) -> {
    };

    /** One end of a cable: an input that the test plays, or an output that it watches. */
    private static final class Device implements MidiDevice, Transmitter, Receiver {
        private final Info info;
        private final boolean input;
        private final boolean busy;
        private final BlockingQueue<Integer> written = new LinkedBlockingQueue<>();
        private Receiver receiver;
        private boolean open;

        Device(String name, String description, boolean input, boolean busy) {
            this.info = new Info(name, "maker", description, "1") {
            };
            this.input = input;
            this.busy = busy;
        }

        @Override
        public Info getDeviceInfo() {
            return info;
        }

        @Override
        public void open() throws MidiUnavailableException {
            if (busy) {
                throw new MidiUnavailableException("device busy");
            }
            open = true;
        }

        @Override
        public void close() {
            open = false;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public long getMicrosecondPosition() {
            return -1;
        }

        @Override
        public int getMaxReceivers() {
            return input ? 0 : -1;
        }

        @Override
        public int getMaxTransmitters() {
            return input ? -1 : 0;
        }

        @Override
        public Receiver getReceiver() {
            return this;
        }

        @Override
        public List<Receiver> getReceivers() {
            return List.of(this);
        }

        @Override
        public Transmitter getTransmitter() {
            return this;
        }

        @Override
        public List<Transmitter> getTransmitters() {
            return List.of(this);
        }

        @Override
        public void setReceiver(Receiver to) {
            receiver = to;
        }

        @Override
        public void send(javax.sound.midi.MidiMessage message, long timeStamp) {
            ShortMessage brief = (ShortMessage) message;
            written.add(MidiMessage.pack(brief.getStatus(), brief.getData1(), brief.getData2()));
        }
    }

    private final Device padOne = new Device("SPD [hw:1,0,0]", "Roland SPD", true, false);
    private final Device padTwo = new Device("SPD [hw:2,0,0]", "Roland SPD", true, false);
    private final Device box = new Device("Box [hw:3,0,0]", "Drum box", false, false);
    private final JavaSoundBackend backend = new JavaSoundBackend("test", () -> List.of(padOne, padTwo, box));

    @Test
    void shouldKnowPortsWithoutTheirCardNumbers() {
        assertThat(backend.ports()).extracting(PortInfo::id).containsExactly("Roland SPD/SPD", "Roland SPD/SPD #2",
                "Drum box/Box");
    }

    @Test
    void shouldCarryTapsInAndDrumsOut() throws Exception {
        List<Integer> taps = new ArrayList<>();
        List<Integer> clocks = new ArrayList<>();
        long before = System.nanoTime();
        try (MidiSession session = backend.open(new PortPlan(List.of("hw:2"), "box", null, true), (message, at) -> {
            assertThat(at).isBetween(before, System.nanoTime());
            taps.add(message);
        }, (message, at) -> clocks.add(message))) {
            assertThat(padOne.isOpen()).isFalse();
            padTwo.receiver.send(new ShortMessage(ShortMessage.NOTE_ON, 3, 60, 99), -1);
            padTwo.receiver.send(new ShortMessage(ShortMessage.TIMING_CLOCK), -1);
            assertThat(taps).containsExactly(MidiMessage.noteOn(3, 60, 99));
            assertThat(clocks).containsExactly(MidiMessage.CLOCK);

            session.drums().send(MidiMessage.noteOn(9, 36, 100), System.nanoTime());
            session.clock().send(MidiMessage.CLOCK, System.nanoTime());
            assertThat(box.written.poll(10, TimeUnit.SECONDS)).isEqualTo(MidiMessage.noteOn(9, 36, 100));
            assertThat(box.written.poll(10, TimeUnit.SECONDS)).isEqualTo(MidiMessage.CLOCK);
        }
        assertThat(box.written).startsWith(MidiMessage.noteOff(9, 36));
        assertThat(box.isOpen()).isFalse();
        assertThat(padTwo.isOpen()).isFalse();
    }

    @Test
    void shouldTakeTheClockFromOnePortAndTapsFromAnother() throws Exception {
        List<Integer> taps = new ArrayList<>();
        List<Integer> clocks = new ArrayList<>();
        try (MidiSession session = backend.open(new PortPlan(List.of("hw:1"), null, "hw:2", false),
                (message, at) -> taps.add(message),
                (message, at) -> clocks.add(message))) {
            assertThat(session.describe()).contains("hw:1", "hw:2");
            padOne.receiver.send(new ShortMessage(ShortMessage.TIMING_CLOCK), -1);
            padTwo.receiver.send(new ShortMessage(ShortMessage.NOTE_ON, 3, 60, 99), -1);
            assertThat(taps).isEmpty();
            assertThat(clocks).isEmpty();
            padTwo.receiver.send(new ShortMessage(ShortMessage.START), -1);
            assertThat(clocks).containsExactly(MidiMessage.START);
        }
    }

    @Test
    void shouldSayThatAPortIsHeldByAnother() {
        JavaSoundBackend busy = new JavaSoundBackend("test", () -> List.of(padOne, new Device("Held", "Held", false, true)));
        assertThatThrownBy(() -> busy.open(new PortPlan(List.of(), null, null, false), NOBODY, NOBODY))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll("device busy", "another program");
        assertThat(padOne.isOpen()).as("what was opened before").isFalse();
    }

    @Test
    void shouldSayWhichPortsThereAre() {
        assertThatThrownBy(() -> backend.open(new PortPlan(List.of(), "nowhere", null, false), NOBODY, NOBODY))
                .isInstanceOf(UserError.class).hasMessageContainingAll("\"nowhere\"", "Box [hw:3,0,0]");
    }

    @Test
    void shouldSayThatNoDeviceIsThere() {
        JavaSoundBackend nothing = new JavaSoundBackend("test", List::of);
        assertThat(nothing.unavailable()).isPresent();
    }
}
