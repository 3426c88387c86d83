package tapkit.port.javasound;

import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiDevice;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.ShortMessage;
import org.tinylog.Logger;
import tapkit.UserError;
import tapkit.port.Connections;
import tapkit.port.Connections.Match;
import tapkit.port.Connections.Own;
import tapkit.port.Connections.Purpose;
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

/**
 * Open devices of {@code javax.sound.midi}. Drums and clock share one output; a controller has its own. A device that is pulled out is closed, and opened again
 * when it is back.
 */
final class JavaSoundSession implements MidiSession {
    private static final Own DRUMS = new Own(Purpose.DRUMS, "drums", 0);
    private static final Own CLOCK_IN = new Own(Purpose.CLOCK_IN, "clock", 0);
    private static final Own CONTROL = new Own(Purpose.CONTROL_OUT, "control", 0);

    private final Supplier<List<Found>> found;
    private final InputRouter router;
    private final boolean sendClock;
    /** Guarded by this, like all that follows. */
    private final Connections<Found> connections = new Connections<>();
    private final Set<MidiDevice> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final DeviceWatch.Watching watching;
    /** By the purpose; one that was never there is missing. */
    private final Map<Purpose, TimedOutput> outputs = new EnumMap<>(Purpose.class);
    /** Where each of these leads, or led last. */
    private final Map<Purpose, Found> leads = new EnumMap<>(Purpose.class);
    private boolean closed;

    /**
     * @param found what is there now
     * @throws UserError if a port is not there or is held by another program
     */
    JavaSoundSession(Supplier<List<Found>> found, DeviceWatch watch, PortPlan plan, boolean firstOutput, MidiReceiver pad,
            MidiReceiver clock) {
        this.found = found;
        sendClock = plan.sendClock();
        router = new InputRouter(plan, pad, clock);
        List<Found> there = found.get();
        wish(plan, firstOutput, there);
        try {
            for (Match<Found> match : connections.matches(there)) {
                connect(match);
            }
        } catch (MidiUnavailableException e) {
            open.forEach(MidiDevice::close);
            outputs.values().forEach(TimedOutput::close);
            throw new UserError("a MIDI port cannot be opened (" + e.getMessage()
                    + "): another program may hold it; close that program, or choose another port with --in or --out", e);
        }
        watching = watch.start(this::changed);
    }

    private void wish(PortPlan plan, boolean firstOutput, List<Found> there) {
        List<PortInfo> ports = there.stream().map(Found::info).toList();
        List<PortInfo> pads = plan.in().isEmpty()
                ? first(ports, Direction.IN)
                : PortNames.requireEach(ports, Direction.IN, plan.in());
        for (int i = 0; i < pads.size(); i++) {
            connections.want(new Own(Purpose.PAD, PortPlan.padName(i), i), there.get(ports.indexOf(pads.get(i))));
        }
        if (plan.clockIn() != null) {
            PortInfo port = PortNames.require(ports, Direction.IN, plan.clockIn());
            connections.want(CLOCK_IN, there.get(ports.indexOf(port)));
        }
        List<PortInfo> outs = plan.out() == null
                ? firstOutput ? first(ports, Direction.OUT) : List.of()
                : List.of(PortNames.require(ports, Direction.OUT, plan.out()));
        outs.forEach(port -> connections.want(DRUMS, there.get(ports.indexOf(port))));
        if (plan.controlOut() != null) {
            PortInfo port = PortNames.require(ports, Direction.OUT, plan.controlOut());
            connections.want(CONTROL, there.get(ports.indexOf(port)));
        }
    }

    private static List<PortInfo> first(List<PortInfo> ports, Direction direction) {
        return ports.stream().filter(port -> port.direction() == direction).limit(1).toList();
    }

    private void connect(Match<Found> match) throws MidiUnavailableException {
        Own own = match.wish().own();
        Found port = match.port();
        open.add(port.device());
        port.device().open();
        switch (own.purpose()) {
            case PAD -> listen(port, router.padPort(own.number()));
            case CLOCK_IN -> listen(port, router.clockPort());
            default -> sendTo(own.purpose(), port);
        }
        connections.connected(match.wish(), port);
    }

    private static void listen(Found port, MidiReceiver receiver) throws MidiUnavailableException {
        port.device().getTransmitter().setReceiver(new Input(receiver));
    }

    private void sendTo(Purpose purpose, Found port) throws MidiUnavailableException {
        Receiver receiver = port.device().getReceiver();
        Reused message = new Reused();
        TimedOutput.Wire wire = packed -> receiver.send(message.set(packed), -1);
        leads.put(purpose, port);
        TimedOutput before = outputs.get(purpose);
        if (before == null) {
            outputs.put(purpose, new TimedOutput(port.info().name(), wire));
        } else {
            before.plug(wire);
        }
    }

    /** A device has come or gone. */
    private synchronized void changed(Predicate<String> pulled) {
        if (closed) {
            return;
        }
        List<Found> there = found.get();
        connections.gone(at -> {
            boolean gone = !there.contains(at) || !at.device().isOpen() || pulled.test(at.info().name());
            if (gone) {
                outputs.forEach((purpose, output) -> {
                    if (leads.get(purpose).equals(at)) {
                        output.unplug();
                    }
                });
                at.device().close();
                open.remove(at.device());
            }
            return gone;
        });
        for (Match<Found> match : connections.matches(there)) {
            try {
                connect(match);
            } catch (MidiUnavailableException e) {
                Logger.warn("{} is plugged in again but cannot be opened: {}", match.port().name(), e.getMessage());
            }
        }
    }

    @Override
    public synchronized MidiOutput drums() {
        return output(Purpose.DRUMS);
    }

    @Override
    public synchronized MidiOutput control() {
        return output(Purpose.CONTROL_OUT);
    }

    private MidiOutput output(Purpose purpose) {
        TimedOutput output = outputs.get(purpose);
        return output == null ? MidiOutput.NONE : output;
    }

    @Override
    public MidiOutput clock() {
        return sendClock ? drums() : MidiOutput.NONE;
    }

    @Override
    public synchronized String describe() {
        List<String> present = connections.present();
        return "Java Sound: " + (present.isEmpty() ? "no port is open" : String.join(", ", present))
                + connections.away().map(away -> "; " + away).orElse("");
    }

    @Override
    public synchronized PortHealth health() {
        TimedOutput drums = outputs.get(Purpose.DRUMS);
        return new PortHealth(Optional.empty(), 0, drums == null ? 0 : drums.late(),
                outputs.values().stream().mapToLong(TimedOutput::dropped).sum(),
                connections.away()
                        .or(() -> outputs.values().stream().flatMap(output -> output.away().stream()).findFirst()));
    }

    @Override
    public void close() {
        watching.close();
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            outputs.values().forEach(TimedOutput::close);
            open.forEach(MidiDevice::close);
        }
    }

    /** A short message that is written anew each time; devices read it before they return. */
    private static final class Reused extends ShortMessage {
        Reused set(int packed) throws InvalidMidiDataException {
            setMessage(MidiMessage.status(packed), MidiMessage.data1(packed), MidiMessage.data2(packed));
            return this;
        }
    }

    /** Takes what a device brings, stamped on arrival. */
    private record Input(MidiReceiver receiver) implements Receiver {
        @Override
        public void send(javax.sound.midi.MidiMessage message, long ignored) {
            if (message instanceof ShortMessage brought) {
                receiver.receive(MidiMessage.pack(brought.getStatus(), brought.getData1(), brought.getData2()),
                        System.nanoTime());
            }
        }

        @Override
        public void close() {
            // The device is closed by the session.
        }
    }
}
