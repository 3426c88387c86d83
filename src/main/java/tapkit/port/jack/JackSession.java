package tapkit.port.jack;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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

/** tapkit as a client of a JACK server, with its four ports. */
final class JackSession implements MidiSession {
    private static final long SECOND = 1_000_000_000L;

    private final JackClient client;
    private final JackProcess process;
    private final JackOutput drums;
    private final JackOutput clock;
    private final boolean sendClock;
    private final List<String> connections = new ArrayList<>();
    private boolean closed;

    /** Takes two to three seconds: see {@link JackWarmUp}. */
    JackSession(JackClient client, PortPlan plan, MidiReceiver pad, MidiReceiver clockReceiver) {
        this.client = client;
        this.sendClock = plan.sendClock();
        Wishes wishes = Wishes.of(plan, client);
        process = new JackProcess(client.handle(), client.rate(), client.periodFrames(), client.offsetNanos(),
                client.allocate(JackProcess.CYCLE_BYTES));
        client.activate(process);
        JackWarmUp.run(client, process);

        long padIn = client.register("pad in", JackLibrary.PORT_IS_INPUT);
        long clockIn = client.register("clock in", JackLibrary.PORT_IS_INPUT);
        drums = new JackOutput(client.register("drums out", JackLibrary.PORT_IS_OUTPUT), process);
        clock = new JackOutput(client.register("clock out", JackLibrary.PORT_IS_OUTPUT), process);
        InputRouter router = new InputRouter(plan, pad, clockReceiver);
        long event = client.allocate(JackInput.EVENT_BYTES);
        process.serve(new Ports(
                List.of(new JackInput(padIn, event, router.padPort()), new JackInput(clockIn, event, router.clockPort())),
                List.of(drums, clock)));
        wishes.in.forEach(port -> connect(port, "pad in"));
        wishes.clockIn.forEach(port -> connect(port, "clock in"));
        wishes.out.forEach(port -> connect(port, "drums out"));
        if (sendClock) {
            wishes.out.forEach(port -> connect(port, "clock out"));
        }
        process.forgetXruns();
    }

    /** The ports to connect to, looked up before anything is opened so that a wrong name costs no time. */
    private record Wishes(List<PortInfo> in, List<PortInfo> clockIn, List<PortInfo> out) {
        static Wishes of(PortPlan plan, JackClient client) {
            List<PortInfo> ports = client.ports(false);
            // ALSA's "Midi Through" is no instrument: it brings back what programs send to it.
            List<PortInfo> in = plan.in().isEmpty()
                    ? client.ports(true).stream()
                            .filter(port -> port.direction() == Direction.IN && !port.name().contains("Midi Through"))
                            .toList()
                    : plan.in().stream().map(part -> PortNames.require(ports, Direction.IN, part)).distinct().toList();
            return new Wishes(in, named(ports, Direction.IN, plan.clockIn()), named(ports, Direction.OUT, plan.out()));
        }

        private static List<PortInfo> named(List<PortInfo> ports, Direction direction, String part) {
            return part == null ? List.of() : List.of(PortNames.require(ports, direction, part));
        }
    }

    private void connect(PortInfo port, String own) {
        String ownName = client.name() + ":" + own;
        if (port.direction() == Direction.IN) {
            client.connect(port.id(), ownName);
            connections.add(own + " from " + port.name());
        } else {
            client.connect(ownName, port.id());
            connections.add(own + " to " + port.name());
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
    public String describe() {
        return process.lost().map(reason -> "JACK: " + reason)
                .orElseGet(() -> "JACK: ports " + client.name() + ":pad in, clock in, drums out, clock out; "
                        + (connections.isEmpty()
                                ? "connect them in your patch bay, or with --in and --out"
                                : String.join(", ", connections)));
    }

    @Override
    public PortHealth health() {
        return new PortHealth(process.lost(), process.xruns(), drums.late() + clock.late(), drums.dropped() + clock.dropped());
    }

    /** Ends what sounds, waits at most half a second until a period has carried that out, and leaves the server. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        drums.silence();
        clock.silence();
        await(process, () -> drums.isSilent() && clock.isSilent());
        long carried = process.cycles();
        await(process, () -> process.cycles() > carried);
        client.close();
    }

    /** Waits at most half a second for what a period is to bring about; not at all once the server is gone. */
    static void await(JackProcess process, BooleanSupplier condition) {
        long deadline = System.nanoTime() + SECOND / 2;
        while (!condition.getAsBoolean() && process.lost().isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
