package tapkit.port;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tapkit.UserError;
import tapkit.port.PortInfo.Direction;
import tapkit.port.alsa.AlsaBackend;
import tapkit.port.coremidi.CoreMidiBackend;
import tapkit.port.jack.JackBackend;
import tapkit.port.javasound.JavaSoundBackend;
import tapkit.port.loopback.LoopbackBackend;

/** The backends of this system, best first, and the choice among them. */
public final class Backends {
    private Backends() {
    }

    /** Those that this operating system can have, best first; whether one is there now, {@link MidiBackend#unavailable} says. */
    public static List<MidiBackend> all() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.startsWith("mac")) {
            return List.of(new CoreMidiBackend(), new JavaSoundBackend());
        }
        return system.startsWith("linux")
                ? List.of(new JackBackend(), new AlsaBackend(), new JavaSoundBackend())
                : List.of(new JavaSoundBackend());
    }

    /**
     * The best backend that is there and has the ports that are named. Where nothing is named and nothing is there it is the
     * loopback: the kit sounds in the page.
     *
     * @throws UserError if a port is named that no backend has; says which there are, and which backends are not there
     */
    public static MidiBackend choose(List<MidiBackend> backends, PortPlan plan) {
        List<PortInfo> ports = new ArrayList<>();
        StringBuilder absent = new StringBuilder();
        for (MidiBackend backend : backends) {
            Optional<String> reason = backend.unavailable();
            if (reason.isPresent()) {
                absent.append("; ").append(backend.name()).append(": ").append(reason.get());
            } else {
                List<PortInfo> its = backend.ports();
                if (firstMissing(its, plan).isEmpty()) {
                    return backend;
                }
                ports.addAll(its);
            }
        }
        Optional<UserError> missing = firstMissing(ports, plan);
        if (missing.isPresent()) {
            throw new UserError(missing.get().getMessage() + absent);
        }
        if (plan.in().isEmpty() && plan.out() == null && plan.clockIn() == null && plan.controlOut() == null) {
            return new LoopbackBackend();
        }
        throw new UserError("the MIDI ports that are named belong to different backends: "
                + ports.stream().map(port -> port.name() + " (" + port.backend() + ")").collect(Collectors.joining(", ")));
    }

    /** The failure to report for the first named port that is not among these. */
    private static Optional<UserError> firstMissing(List<PortInfo> ports, PortPlan plan) {
        for (String part : plan.in()) {
            if (PortNames.find(ports, Direction.IN, part).isEmpty()) {
                return Optional.of(PortNames.notThere(ports, Direction.IN, part));
            }
        }
        if (plan.clockIn() != null && PortNames.find(ports, Direction.IN, plan.clockIn()).isEmpty()) {
            return Optional.of(PortNames.notThere(ports, Direction.IN, plan.clockIn()));
        }
        return Stream.of(plan.out(), plan.controlOut()).filter(Objects::nonNull)
                .filter(part -> PortNames.find(ports, Direction.OUT, part).isEmpty()).findFirst()
                .map(part -> PortNames.notThere(ports, Direction.OUT, part));
    }
}
