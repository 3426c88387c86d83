package tapkit.port.alsa;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tinylog.Logger;
import tapkit.UserError;
import tapkit.port.Connections;
import tapkit.port.Connections.Match;
import tapkit.port.Connections.Own;
import tapkit.port.Connections.Purpose;
import tapkit.port.InputRouter;
import tapkit.port.MidiOutput;
import tapkit.port.MidiReceiver;
import tapkit.port.MidiSession;
import tapkit.port.PortHealth;
import tapkit.port.PortInfo;
import tapkit.port.PortInfo.Direction;
import tapkit.port.PortNames;
import tapkit.port.PortPlan;

/**
 * tapkit as a client of the sequencer, with its five ports. What they were connected to when it went away is connected again when
 * it is back.
 */
final class AlsaSession implements MidiSession, AlsaWatch.Listener {
    /** Events that may wait in the kernel, of 2000 at most; a second of the densest playing is a tenth of this. */
    private static final int OUTPUT_POOL = 1000;
    /**
     * Likewise for what comes in, and less than the 500 events that libasound reads at a time: the kernel never gives out one that
     * is longer than that (system-exclusive messages are), so it would stand before all others for ever. A shorter pool refuses it.
     */
    private static final int INPUT_POOL = 400;
    private static final int DRUMS_TAG = 1;
    private static final int CLOCK_TAG = 2;
    private static final int CONTROL_TAG = 3;

    private final AlsaClient client;
    private final boolean sendClock;
    private final List<String> ownNames;
    private final AlsaOutput drums;
    private final AlsaOutput clock;
    private final AlsaOutput control;
    private final AlsaInput input;
    private final AlsaWatch watch;
    /** Guarded by itself. */
    private final Connections<AlsaPort> connections = new Connections<>();
    private boolean closed;

    private AlsaSession(AlsaClient client, PortPlan plan, MidiReceiver pad, MidiReceiver clockReceiver) {
        this.client = client;
        sendClock = plan.sendClock();
        client.pools(OUTPUT_POOL, INPUT_POOL);
        // Looked up before anything is opened, so that a wrong name costs nothing.
        List<AlsaPort> there = client.ports();
        List<PortInfo> infos = AlsaPort.infos(there);
        List<AlsaPort> ins = PortNames.requireEach(infos, Direction.IN, plan.in()).stream()
                .map(info -> there.get(infos.indexOf(info))).toList();
        Optional<AlsaPort> clockFrom = Optional.ofNullable(plan.clockIn()).map(part -> find(there, infos, Direction.IN, part));
        Optional<AlsaPort> out = Optional.ofNullable(plan.out()).map(part -> find(there, infos, Direction.OUT, part));
        Optional<AlsaPort> controller = Optional.ofNullable(plan.controlOut())
                .map(part -> find(there, infos, Direction.OUT, part));

        AlsaQueue queue = new AlsaQueue(client);
        // The first five as they always were; further inputs come after them.
        Own padIn = create(Purpose.PAD, PortPlan.padName(0), queue);
        Own clockIn = create(Purpose.CLOCK_IN, "clock in", queue);
        Own drumsOut = create(Purpose.DRUMS, "drums out", queue);
        Own clockOut = create(Purpose.CLOCK_OUT, "clock out", queue);
        Own controlOut = create(Purpose.CONTROL_OUT, "control out", queue);
        List<Own> padIns = IntStream.range(0, plan.pads())
                .mapToObj(input -> input == 0 ? padIn : create(Purpose.PAD, PortPlan.padName(input), queue)).toList();
        drums = new AlsaOutput(client, queue, drumsOut.number(), DRUMS_TAG);
        clock = new AlsaOutput(client, queue, clockOut.number(), CLOCK_TAG);
        control = new AlsaOutput(client, queue, controlOut.number(), CONTROL_TAG);
        InputRouter router = new InputRouter(plan, pad, clockReceiver);
        Map<Integer, MidiReceiver> receivers = new HashMap<>();
        for (int i = 0; i < padIns.size(); i++) {
            receivers.put(padIns.get(i).number(), router.padPort(i));
        }
        receivers.put(clockIn.number(), router.clockPort());
        input = new AlsaInput(client, queue, receivers);
        ownNames = Stream.concat(padIns.stream(), Stream.of(clockIn, drumsOut, clockOut, controlOut)).map(Own::name).toList();

        if (plan.in().isEmpty()) {
            connections.wantHardware(padIn);
        }
        for (int i = 0; i < ins.size(); i++) {
            connections.want(padIns.get(i), ins.get(i));
        }
        clockFrom.ifPresent(port -> connections.want(clockIn, port));
        out.ifPresent(port -> connections.want(drumsOut, port));
        out.filter(port -> sendClock).ifPresent(port -> connections.want(clockOut, port));
        controller.ifPresent(port -> connections.want(controlOut, port));
        AlsaClient watcher = AlsaBackend.client(client.name() + " watch", true);
        try {
            watch = new AlsaWatch(watcher, this);
            connect(plan);
        } catch (RuntimeException | Error e) {
            watcher.close();
            throw e;
        }
        input.start();
        watch.start();
    }

    static AlsaSession open(String name, PortPlan plan, MidiReceiver pad, MidiReceiver clock) {
        AlsaClient client = AlsaBackend.client(name, false);
        try {
            return new AlsaSession(client, plan, pad, clock);
        } catch (RuntimeException | Error e) {
            client.close();
            throw e;
        }
    }

    private Own create(Purpose purpose, String name, AlsaQueue queue) {
        boolean in = purpose == Purpose.PAD || purpose == Purpose.CLOCK_IN;
        return new Own(purpose, name, client.createPort(name, in ? Direction.IN : Direction.OUT, queue.number()));
    }

    private static AlsaPort find(List<AlsaPort> there, List<PortInfo> infos, Direction direction, String part) {
        return there.get(infos.indexOf(PortNames.require(infos, direction, part)));
    }

    /** The first time; a named port that refuses is the user's to know. */
    private void connect(PortPlan plan) {
        synchronized (connections) {
            for (Match<AlsaPort> match : connections.matches(client.ports())) {
                int code = connect(match);
                if (code < 0 && !(plan.in().isEmpty() && match.wish().own().purpose() == Purpose.PAD)) {
                    throw new UserError(refused(match, code));
                }
                if (code < 0) {
                    Logger.warn(refused(match, code));
                }
            }
        }
    }

    private int connect(Match<AlsaPort> match) {
        AlsaPort port = match.port();
        int code = client.connect(match.wish().own().number(), port);
        if (code >= 0) {
            connections.connected(match.wish(), port);
        }
        return code;
    }

    private static String refused(Match<AlsaPort> match, int code) {
        return "ALSA: \"" + match.port().name() + "\" cannot be connected: " + AlsaLibrary.errorText(code)
                + (code == AlsaLibrary.EBUSY ? "; another program may hold the device: close it" : "");
    }

    @Override
    public void clientGone(int gone) {
        synchronized (connections) {
            connections.gone(at -> at.client() == gone);
        }
    }

    @Override
    public void portGone(int itsClient, int port) {
        synchronized (connections) {
            connections.gone(at -> at.isAt(itsClient, port));
        }
    }

    /** Connects what was awaited. What could still sound on a device that was pulled out is ended there. */
    @Override
    public void portAppeared() {
        synchronized (connections) {
            for (Match<AlsaPort> match : connections.matches(client.ports())) {
                int code = connect(match);
                if (code < 0) {
                    Logger.warn(refused(match, code));
                } else if (match.wish().own().purpose() == Purpose.DRUMS) {
                    drums.endAt(match.port().client(), match.port().port());
                }
            }
        }
    }

    @Override
    public MidiOutput drums() {
        return drums;
    }

    @Override
    public MidiOutput clock() {
        return sendClock ? clock : MidiOutput.NONE;
    }

    @Override
    public MidiOutput control() {
        return control;
    }

    @Override
    public String describe() {
        synchronized (connections) {
            List<String> present = connections.present();
            return input.lost().map(reason -> "ALSA: " + reason)
                    .orElseGet(() -> "ALSA: ports " + client.name() + ":" + String.join(", ", ownNames) + "; "
                            + (present.isEmpty()
                                    ? "connect them with aconnect, or with --in and --out"
                                    : String.join(", ", present))
                            + connections.away().map(away -> "; " + away).orElse(""));
        }
    }

    @Override
    public PortHealth health() {
        synchronized (connections) {
            return new PortHealth(input.lost(), 0, drums.late() + clock.late(),
                    drums.dropped() + clock.dropped() + control.dropped() + input.overruns(), connections.away());
        }
    }

    /** Ends what sounds and leaves the sequencer; waits at most a second for its threads. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        watch.close();
        drums.silence();
        clock.silence();
        control.silence();
        drums.lose("closed");
        clock.lose("closed");
        control.lose("closed");
        if (input.close() && watch.hasEnded()) {
            client.close(); // else a thread may still use it: rather keep the memory
        }
    }
}
