package tapkit.port.jack;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tinylog.Logger;
import tapkit.UserError;
import tapkit.port.CallbackTimes;
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
import tapkit.port.jack.JackProcess.Ports;

/**
 * tapkit as a client of a JACK server. A thread of its own sleeps until the server tells of a port that has come or gone: what tapkit
 * was connected to is connected again when it is back. When the server itself goes it waits for the next one and becomes its client.
 */
final class JackSession implements MidiSession {
    private static final String SERVER_AWAY = "the JACK server has gone; tapkit connects again when it is back";
    /** Ports come in groups, and hardware gets its alias after its port. */
    private static final long SETTLE_MILLIS = 50;
    private static final long JOIN_MILLIS = 3000;

    private final Supplier<Optional<JackClient>> opener;
    private final boolean sendClock;
    private final boolean takesAnyPad;
    private final List<Own> padIns;
    private final Own clockIn;
    private final Own drumsOut;
    private final Own clockOut;
    private final Own controlOut;
    private final InputRouter router;
    private final Semaphore signals = new Semaphore(0);
    private final JackProcess process;
    private final JackCallbacks callbacks;
    private final JackOutput drums;
    private final JackOutput clock;
    private final JackOutput control;
    /** Guarded by itself. */
    private final Connections<JackPort> connections = new Connections<>();
    private final Thread keeper = Thread.ofPlatform().name("tapkit-jack").daemon().unstarted(this::keep);
    private volatile String clientName;
    private volatile boolean closing;
    /** The keeper's, and who opens or closes when the keeper does not run; null while there is no server. */
    private JackClient client;
    private boolean stillCalled;
    private boolean closed;

    /**
     * Takes half a second to two seconds: see {@link JackWarmUp}.
     *
     * @param helper makes another client, for a moment
     * @param opener makes a client of the server; empty where it is not running
     * @throws UserError if a named port is not there or refuses
     */
    JackSession(JackClient first, Supplier<Optional<JackClient>> helper, Supplier<Optional<JackClient>> opener,
            PortPlan plan, MidiReceiver pad, MidiReceiver clockReceiver) {
        this.opener = opener;
        sendClock = plan.sendClock();
        takesAnyPad = plan.in().isEmpty();
        process = new JackProcess(signals::release, plan.transport());
        callbacks = new JackCallbacks(process);
        drums = new JackOutput(process);
        clock = new JackOutput(process);
        control = new JackOutput(process);
        router = new InputRouter(plan, pad, clockReceiver);
        padIns = IntStream.range(0, plan.pads()).mapToObj(i -> new Own(Purpose.PAD, PortPlan.padName(i), i)).toList();
        clockIn = new Own(Purpose.CLOCK_IN, "clock in", 0);
        drumsOut = new Own(Purpose.DRUMS, "drums out", 0);
        clockOut = new Own(Purpose.CLOCK_OUT, "clock out", 0);
        controlOut = new Own(Purpose.CONTROL_OUT, "control out", 0);
        client = first;
        try {
            wish(plan, first.ports());
            JackWarmUp.run(helper, process, callbacks);
            enter(true);
        } catch (RuntimeException | Error e) {
            leave();
            throw e;
        }
        process.forget();
        keeper.start();
    }

    /** Looked up before anything is opened, so that a wrong name costs no time. */
    private void wish(PortPlan plan, List<JackPort> there) {
        List<PortInfo> infos = there.stream().map(JackPort::info).toList();
        List<PortInfo> ins = PortNames.requireEach(infos, Direction.IN, plan.in());
        if (ins.isEmpty()) {
            connections.wantHardware(padIns.getFirst());
        }
        for (int i = 0; i < ins.size(); i++) {
            connections.want(padIns.get(i), there.get(infos.indexOf(ins.get(i))));
        }
        if (plan.clockIn() != null) {
            connections.want(clockIn, there.get(infos.indexOf(PortNames.require(infos, Direction.IN, plan.clockIn()))));
        }
        if (plan.out() != null) {
            JackPort out = there.get(infos.indexOf(PortNames.require(infos, Direction.OUT, plan.out())));
            connections.want(drumsOut, out);
            if (sendClock) {
                connections.want(clockOut, out);
            }
        }
        if (plan.controlOut() != null) {
            connections.want(controlOut, there.get(infos.indexOf(PortNames.require(infos, Direction.OUT, plan.controlOut()))));
        }
    }

    /**
     * Makes tapkit's ports and connects them; then the server may play. What sounded at the last server is ended first. All ports are there
     * before the server begins to call, and none goes while it does: a thread of libjack's reads its list of them without a lock
     * whenever any client's connections change, and a change of the list at that moment ended the program (jack2, issue 216).
     */
    private void enter(boolean first) {
        clientName = client.name();
        process.attach(client);
        long event = client.allocate(JackInput.EVENT_BYTES);
        List<JackInput> inputs = new ArrayList<>();
        for (Own pad : padIns) {
            inputs.add(new JackInput(client.register(pad.name(), JackLibrary.PORT_IS_INPUT), event,
                    router.padPort(pad.number())));
        }
        inputs.add(new JackInput(client.register(clockIn.name(), JackLibrary.PORT_IS_INPUT), event, router.clockPort()));
        long drumsPort = client.register(drumsOut.name(), JackLibrary.PORT_IS_OUTPUT);
        long clockPort = client.register(clockOut.name(), JackLibrary.PORT_IS_OUTPUT);
        long controlPort = client.register(controlOut.name(), JackLibrary.PORT_IS_OUTPUT);
        client.activate(callbacks);
        connect(client.ports(), first);
        outputs().forEach(JackOutput::silence);
        process.serve(new Ports(inputs, List.of(drums.at(drumsPort), clock.at(clockPort), control.at(controlPort))));
    }

    /** Connects what is there and is not connected; the first time a named port that refuses is the user's to know. */
    private void connect(List<JackPort> there, boolean first) {
        synchronized (connections) {
            for (Match<JackPort> match : connections.matches(there)) {
                Own own = match.wish().own();
                JackPort port = match.port();
                String ownName = client.name() + ":" + own.name();
                int code = port.direction() == Direction.IN
                        ? client.connect(port.address(), ownName)
                        : client.connect(ownName, port.address());
                if (code == 0) {
                    connections.connected(match.wish(), port);
                    if (own.purpose() == Purpose.DRUMS && !first) {
                        drums.remind();
                    }
                } else if (first && !(takesAnyPad && own.purpose() == Purpose.PAD)) {
                    throw new UserError("JACK: connecting \"" + port.name() + "\" to " + ownName + " failed with code " + code
                            + "; see the server's own messages");
                } else {
                    Logger.warn("JACK: connecting \"{}\" to {} failed with code {}", port.name(), ownName, code);
                }
            }
        }
    }

    // --- the keeper's thread

    private void keep() {
        try {
            while (!closing) {
                signals.acquire();
                if (!process.isGone()) {
                    Thread.sleep(SETTLE_MILLIS);
                }
                signals.drainPermits();
                if (process.isGone()) {
                    leave();
                    rejoin();
                } else {
                    update();
                }
            }
        } catch (InterruptedException e) {
            // The session is being closed.
        } catch (RuntimeException e) {
            Logger.error(e, "JACK: from now on a port that comes back will not be connected");
        }
    }

    /**
     * Follows what has come and gone. A port that came is connected even if one of its name was there before: that one has gone, or it is
     * the same, seen before the news of it came. Then its receiver hears a second time what has ended, which does no harm.
     */
    private void update() {
        Set<String> fresh = new HashSet<>();
        for (Optional<Integer> port = process.appeared(); port.isPresent(); port = process.appeared()) {
            client.address(port.get()).ifPresent(fresh::add);
        }
        List<JackPort> there = client.ports();
        Set<String> addresses = new HashSet<>(there.stream().map(JackPort::address).toList());
        addresses.removeAll(fresh);
        synchronized (connections) {
            connections.gone(at -> !addresses.contains(at.address()));
            connect(there, false);
        }
    }

    private void leave() {
        process.detach();
        if (client != null) {
            stillCalled |= !client.leave();
            client = null;
        }
        synchronized (connections) {
            connections.gone(at -> true);
        }
    }

    private void rejoin() throws InterruptedException {
        try (ServerWatch watch = new ServerWatch()) {
            while (!closing && client == null) {
                client = opener.get().orElse(null);
                if (client != null) {
                    try {
                        enter(false);
                        return;
                    } catch (UserError e) { // it is already going again
                        leave();
                    }
                }
                watch.await();
            }
        }
    }

    // --- anyone's

    @Override
    public MidiOutput drums() {
        return drums;
    }

    @Override
    public MidiOutput clock() {
        return sendClock ? clock : MidiOutput.NONE;
    }

    @Override
    public String describe() {
        Optional<String> ill = process.failure().or(this::serverAway);
        if (ill.isPresent()) {
            return "JACK: " + ill.get();
        }
        synchronized (connections) {
            List<String> present = connections.present();
            String own = String.join(", ",
                    Stream.concat(padIns.stream(), Stream.of(clockIn, drumsOut, clockOut, controlOut)).map(Own::name).toList());
            return "JACK: ports " + clientName + ":" + own + "; "
                    + (present.isEmpty()
                            ? "connect them in your patch bay, or with --in and --out"
                            : String.join(", ", present))
                    + connections.away().map(away -> "; " + away).orElse("");
        }
    }

    @Override
    public MidiOutput control() {
        return control;
    }

    private List<JackOutput> outputs() {
        return List.of(drums, clock, control);
    }

    private Optional<String> serverAway() {
        return process.isServing() ? Optional.empty() : Optional.of(SERVER_AWAY);
    }

    @Override
    public PortHealth health() {
        synchronized (connections) {
            return new PortHealth(process.failure(), process.xruns(), drums.late() + clock.late(),
                    outputs().stream().mapToLong(JackOutput::dropped).sum(), serverAway().or(connections::away));
        }
    }

    @Override
    public Optional<CallbackTimes> callbacks() {
        return Optional.of(process.times());
    }

    /** Ends what sounds, waits at most half a second until a period has carried that out, and leaves the server. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        closing = true;
        keeper.interrupt();
        try {
            keeper.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (keeper.isAlive()) {
            return; // it waits for the server: rather keep what it works with
        }
        if (process.isServing()) {
            outputs().forEach(JackOutput::silence);
            process.await(() -> outputs().stream().allMatch(JackOutput::isSilent));
            long carried = process.cycles();
            process.await(() -> process.cycles() > carried);
        }
        leave();
        if (!stillCalled) {
            callbacks.close();
        }
    }
}
