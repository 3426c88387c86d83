package tapkit.port.javasound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Transmitter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.UserError;
import tapkit.port.MidiMessage;
import tapkit.port.MidiOutput;
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
        private volatile Receiver receiver;
        private volatile boolean open;
        private final AtomicInteger opened = new AtomicInteger();

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
            opened.incrementAndGet();
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
    private volatile List<MidiDevice> devices = List.of(padOne, padTwo, box);
    private final JavaSoundBackend backend = new JavaSoundBackend("test", () -> devices, DeviceWatch.NONE);

    @Test
    void shouldKnowPortsWithoutTheirCardNumbers() {
        assertThat(backend.ports()).extracting(PortInfo::id).containsExactly("Roland SPD/SPD", "Roland SPD/SPD #2",
                "Drum box/Box");
    }

    @Test
    void shouldTellAControllerBesideTheDrums() throws Exception {
        Device lamps = new Device("Launch [hw:4,0,0]", "Controller", false, false);
        devices = List.of(padOne, padTwo, box, lamps);
        PortPlan plan = new PortPlan(List.of(), "Box", null, false);
        try (MidiSession session = backend.open(plan.telling("launch"), NOBODY, NOBODY)) {
            int lit = MidiMessage.pack(MidiMessage.CONTROL_CHANGE, 20, 127);
            assertThat(session.control().send(lit, System.nanoTime())).isTrue();
            session.drums().send(MidiMessage.noteOn(9, 36, 100), System.nanoTime());
            assertThat(lamps.written.poll(10, TimeUnit.SECONDS)).isEqualTo(lit);
            assertThat(box.written.poll(10, TimeUnit.SECONDS)).isEqualTo(MidiMessage.noteOn(9, 36, 100));
            assertThat(lamps.written).isEmpty();
        }
        try (MidiSession session = backend.open(plan.telling("box"), NOBODY, NOBODY)) { // one device may be both
            session.control().send(MidiMessage.pack(MidiMessage.CONTROL_CHANGE, 20, 1), System.nanoTime());
            assertThat(session.describe()).contains("drums to ", "control to ");
        }
        try (MidiSession session = backend.open(plan, NOBODY, NOBODY)) {
            assertThat(session.control()).isEqualTo(MidiOutput.NONE);
        }
        assertThatThrownBy(() -> backend.open(plan.telling("organ"), NOBODY, NOBODY)).isInstanceOf(UserError.class)
                .hasMessageContaining("\"organ\"");
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
            assertThat(session.describe()).contains("pad in from Roland SPD/SPD", "clock from Roland SPD/SPD");
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
        JavaSoundBackend busy = new JavaSoundBackend("test", () -> List.of(padOne, new Device("Held", "Held", false, true)),
                DeviceWatch.NONE);
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
        JavaSoundBackend nothing = new JavaSoundBackend("test", List::of, DeviceWatch.NONE);
        assertThat(nothing.unavailable()).isPresent();
    }

    /** As Linux does it: a file for each device, which goes and comes back, perhaps with another number. */
    @Test
    void shouldOpenDevicesAgainThatWerePulledAndPluggedIn(@TempDir Path folder) throws Exception {
        for (String file : List.of("seq", "midiC1D0", "midiC3D0")) {
            Files.createFile(folder.resolve(file));
        }
        List<Integer> taps = new CopyOnWriteArrayList<>();
        devices = List.of(padOne, box);
        JavaSoundBackend watched = new JavaSoundBackend("test", () -> devices, DeviceWatch.folder(folder));
        try (MidiSession session = watched.open(new PortPlan(List.of("spd"), "box", null, false),
                (message, at) -> taps.add(message),
                NOBODY)) {
            session.drums().send(MidiMessage.noteOn(9, 36, 100), System.nanoTime());
            assertThat(box.written.poll(10, TimeUnit.SECONDS)).isEqualTo(MidiMessage.noteOn(9, 36, 100));

            devices = List.of();
            Files.delete(folder.resolve("midiC1D0"));
            Files.delete(folder.resolve("midiC3D0"));
            await(() -> session.health().away().filter(away -> away.contains("SPD") && away.contains("Box")).isPresent());
            assertThat(padOne.isOpen()).isFalse();
            assertThat(session.drums().send(MidiMessage.noteOn(9, 40, 100), System.nanoTime())).isTrue();

            Device again = new Device("Box [hw:5,0,0]", "Drum box", false, false);
            devices = List.of(padTwo, again);
            Files.createFile(folder.resolve("midiC2D0"));
            Files.createFile(folder.resolve("midiC5D0"));
            await(() -> session.health().away().isEmpty());
            assertThat(again.written.poll(10, TimeUnit.SECONDS)).as("what sounded").isEqualTo(MidiMessage.noteOff(9, 36));
            padTwo.receiver.send(new ShortMessage(ShortMessage.NOTE_ON, 3, 60, 99), -1);
            assertThat(taps).containsExactly(MidiMessage.noteOn(3, 60, 99));
        }
        assertThat(box.written).as("nothing to a device that has gone").isEmpty();
    }

    /** Pulled and plugged in again before anyone has looked: the device is listed all the time, but what was open is dead. */
    @Test
    void shouldOpenADeviceAnewThatWasAwayForAnInstant(@TempDir Path folder) throws Exception {
        Files.createFile(folder.resolve("midiC1D0"));
        JavaSoundBackend watched = new JavaSoundBackend("test", () -> devices, DeviceWatch.folder(folder));
        try (MidiSession session = watched.open(new PortPlan(List.of("hw:1", "hw:2"), null, null, false), NOBODY, NOBODY)) {
            Files.delete(folder.resolve("midiC1D0"));
            Files.createFile(folder.resolve("midiC1D0"));
            await(() -> padOne.opened.get() == 2);
            assertThat(session.health().away()).isEmpty();
            assertThat(padTwo.opened).as("not touched").hasValue(1);
        }
    }

    @Test
    void shouldOpenNoOutputThatNobodyNamedWhereThereIsAnother() {
        try (MidiSession session = backend.open(new PortPlan(List.of(), null, null, false), false, NOBODY, NOBODY)) {
            assertThat(box.isOpen()).isFalse();
            assertThat(padOne.isOpen()).isTrue();
            assertThat(session.drums()).isSameAs(MidiOutput.NONE);
        }
    }

    @Test
    void shouldTellInputsApart() throws Exception {
        List<Integer> taps = new ArrayList<>();
        try (MidiSession session = backend.open(new PortPlan(List.of("spd", "spd"), null, null, false),
                (message, at) -> taps.add(message), NOBODY)) {
            assertThat(session.describe()).contains("pad in from Roland SPD/SPD, pad in 2 from Roland SPD/SPD");
            padOne.receiver.send(new ShortMessage(ShortMessage.NOTE_ON, 3, 60, 99), -1);
            padTwo.receiver.send(new ShortMessage(ShortMessage.NOTE_ON, 3, 60, 99), -1);
            assertThat(taps).extracting(MidiMessage::input).containsExactly(0, 1);
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for 10 s").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
