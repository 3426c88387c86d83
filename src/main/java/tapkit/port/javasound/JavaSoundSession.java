package tapkit.port.javasound;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import tapkit.UserError;
import tapkit.port.InputRouter;
import tapkit.port.MidiMessage;
import tapkit.port.MidiOutput;
import tapkit.port.MidiReceiver;
import tapkit.port.MidiSession;
import tapkit.port.PortHealth;
import tapkit.port.PortInfo;
import tapkit.port.PortInfo.Direction;
import tapkit.port.PortNames;
import tapkit.port.PortPlan;
import tapkit.port.TimedOutput;
import tapkit.port.javasound.JavaSoundBackend.Found;

/** Open devices of {@code javax.sound.midi}. Drums and clock share one output. */
final class JavaSoundSession implements MidiSession {
    private final List<MidiDevice> open = new ArrayList<>();
    private final List<String> connections = new ArrayList<>();
    private final boolean sendClock;
    private TimedOutput output;
    private boolean closed;

    private JavaSoundSession(boolean sendClock) {
        this.sendClock = sendClock;
    }

    static JavaSoundSession open(List<Found> found, PortPlan plan, MidiReceiver pad, MidiReceiver clock) {
        List<PortInfo> ports = found.stream().map(Found::info).toList();
        Set<PortInfo> pads = plan.in().isEmpty()
                ? first(ports, Direction.IN)
                : plan.in().stream().map(part -> PortNames.require(ports, Direction.IN, part))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<PortInfo> clocks = plan.clockIn() == null
                ? Set.of()
                : Set.of(PortNames.require(ports, Direction.IN, plan.clockIn()));
        Set<PortInfo> outs = plan.out() == null
                ? first(ports, Direction.OUT)
                : Set.of(PortNames.require(ports, Direction.OUT, plan.out()));

        JavaSoundSession session = new JavaSoundSession(plan.sendClock());
        InputRouter router = new InputRouter(plan, pad, clock);
        try {
            for (Found port : found) {
                if (pads.contains(port.info()) || clocks.contains(port.info())) {
                    session.listen(port, new Input(pads.contains(port.info()) ? router.padPort() : null,
                            clocks.contains(port.info()) ? router.clockPort() : null));
                }
                if (outs.contains(port.info())) {
                    session.sendTo(port);
                }
            }
        } catch (MidiUnavailableException e) {
            session.close();
            throw new UserError("a MIDI port cannot be opened (" + e.getMessage()
                    + "): another program may hold it; close that program, or choose another port with --in or --out", e);
        }
        return session;
    }

    private static Set<PortInfo> first(List<PortInfo> ports, Direction direction) {
        return ports.stream().filter(port -> port.direction() == direction).limit(1).collect(Collectors.toSet());
    }

    private void listen(Found port, Receiver receiver) throws MidiUnavailableException {
        port.device().open();
        open.add(port.device());
        port.device().getTransmitter().setReceiver(receiver);
        connections.add("from " + port.info().name());
    }

    private void sendTo(Found port) throws MidiUnavailableException {
        port.device().open();
        open.add(port.device());
        Receiver receiver = port.device().getReceiver();
        Reused message = new Reused();
        output = new TimedOutput(port.info().name(), packed -> receiver.send(message.set(packed), -1));
        connections.add("to " + port.info().name());
    }

    @Override
    public MidiOutput drums() {
        return output == null ? MidiOutput.NONE : output;
    }

    @Override
    public MidiOutput clock() {
        return sendClock ? drums() : MidiOutput.NONE;
    }

    @Override
    public String describe() {
        return connections.isEmpty() ? "Java Sound: no port is open" : "Java Sound: " + String.join(", ", connections);
    }

    @Override
    public PortHealth health() {
        return output == null ? PortHealth.GOOD : new PortHealth(output.lost(), 0, output.late(), output.dropped());
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (output != null) {
            output.close();
        }
        open.forEach(MidiDevice::close);
    }

    /** A short message that is written anew each time; devices read it before they return. */
    private static final class Reused extends ShortMessage {
        Reused set(int packed) throws InvalidMidiDataException {
            setMessage(MidiMessage.status(packed), MidiMessage.data1(packed), MidiMessage.data2(packed));
            return this;
        }
    }

    /** Takes what a device brings, for pads, for the clock, or both; stamped on arrival. */
    private record Input(MidiReceiver pad, MidiReceiver clock) implements Receiver {
        @Override
        public void send(javax.sound.midi.MidiMessage message, long ignored) {
            long now = System.nanoTime();
            if (message instanceof ShortMessage brought) {
                int packed = MidiMessage.pack(brought.getStatus(), brought.getData1(), brought.getData2());
                if (pad != null) {
                    pad.receive(packed, now);
                }
                if (clock != null) {
                    clock.receive(packed, now);
                }
            }
        }

        @Override
        public void close() {
            // The device is closed by the session.
        }
    }
}
