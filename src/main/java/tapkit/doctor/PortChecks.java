package tapkit.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tapkit.UserError;
import tapkit.port.MidiBackend;
import tapkit.port.MidiReceiver;
import tapkit.port.MidiSession;
import tapkit.port.PortInfo;
import tapkit.port.PortInfo.Direction;
import tapkit.port.PortPlan;
import tapkit.port.jack.JackBackend;
import tapkit.port.jack.JackServerInfo;

/** The way to MIDI that {@code play} would take, and how it fares. */
final class PortChecks {
    private static final long LISTEN_MILLIS = 3000;
    private static final double LONG_PERIOD_MILLIS = 11;
    private static final MidiReceiver NOBODY = (message, atNanos) -> {
    };

    private final Optional<MidiBackend> chosen;
    private final String absent;

    /** @param backends those of this system, best first */
    PortChecks(List<MidiBackend> backends) {
        List<String> reasons = new ArrayList<>();
        MidiBackend first = null;
        for (MidiBackend backend : backends) {
            Optional<String> reason = backend.unavailable();
            if (first == null && reason.isEmpty()) {
                first = backend;
            }
            reason.ifPresent(why -> reasons.add(backend.name() + ": " + why));
        }
        chosen = Optional.ofNullable(first);
        absent = String.join("; ", reasons);
    }

    /** Whether tapkit itself has to send each message at its time. */
    boolean needTimedThread() {
        return chosen.filter(backend -> backend.name().equals("jack") || backend.name().equals("alsa")).isEmpty();
    }

    List<Finding> examine() throws InterruptedException {
        if (chosen.isEmpty()) {
            return List.of(Finding.hint("MIDI", "none, only the page can be played (" + absent + ")",
                    "start a JACK server or PipeWire, or plug a device in"));
        }
        MidiBackend backend = chosen.get();
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.good("MIDI", "through " + backend.name() + (absent.isEmpty() ? "" : " (" + absent + ")")));
        if (backend instanceof JackBackend jack) {
            jack.server().map(PortChecks::server).ifPresent(findings::add);
            findings.add(xruns(jack));
        }
        findings.add(ports(backend.ports()));
        return findings;
    }

    static Finding server(JackServerInfo server) {
        double millis = server.periodMillis();
        String what = "%s, periods of %d frames at %d Hz (%.1f ms)%s".formatted(server.kind(), server.periodFrames(),
                server.rate(),
                millis, server.realTime() ? "" : ", without real-time priority");
        Finding finding = !server.realTime()
                ? Finding.hint("JACK server", what, "give real-time rights, and start jackd with -R")
                : millis > LONG_PERIOD_MILLIS
                        ? Finding.hint("JACK server", what + ": each tap waits that long",
                                "shorter periods: native-config/linux/jackd.sh or 10-tapkit-pipewire.conf")
                        : Finding.good("JACK server", what);
        return finding.with(Map.of("period_frames", server.periodFrames(), "rate_hz", server.rate()));
    }

    /** As a client that really is called in each period. */
    private static Finding xruns(JackBackend jack) throws InterruptedException {
        try (MidiSession session = jack.open(new PortPlan(List.of(), null, null, false), NOBODY, NOBODY)) {
            TimeUnit.MILLISECONDS.sleep(LISTEN_MILLIS);
            if (session.health().away().isPresent() || session.health().lost().isPresent()) {
                return Finding.bad("xruns", "the server has gone while it was listened to", "see the server's own messages");
            }
            return xruns(session.health().xruns());
        } catch (UserError e) {
            return Finding.bad("xruns", e.getMessage(), "restart the server");
        }
    }

    static Finding xruns(long xruns) {
        return (xruns == 0
                ? Finding.good("xruns", "none in %d seconds".formatted(LISTEN_MILLIS / 1000))
                : Finding.bad("xruns", "the server missed %d periods in %d seconds".formatted(xruns, LISTEN_MILLIS / 1000),
                        "longer periods (-p 256), real-time rights, and end what else is busy"))
                .with(Map.of("xruns", xruns));
    }

    static Finding ports(List<PortInfo> ports) {
        String in = names(ports, Direction.IN);
        String out = names(ports, Direction.OUT);
        String what = "pads: " + (in.isEmpty() ? "none" : in) + "; drums: " + (out.isEmpty() ? "none" : out);
        return in.isEmpty() || out.isEmpty()
                ? Finding.hint("ports", what,
                        "plug in or start what is missing, or connect it later: tapkit has ports of its own")
                : Finding.good("ports", what);
    }

    private static String names(List<PortInfo> ports, Direction direction) {
        return ports.stream().filter(port -> port.direction() == direction).map(PortInfo::name)
                .collect(Collectors.joining(", "));
    }
}
