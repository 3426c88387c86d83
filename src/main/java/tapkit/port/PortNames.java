package tapkit.port;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tapkit.UserError;
import tapkit.port.PortInfo.Direction;

/** Ports chosen as users write them: by part of the name, in upper or lower case. */
public final class PortNames {
    private PortNames() {
    }

    /** The port whose name or id is this; else the first that contains it. */
    public static Optional<PortInfo> find(List<PortInfo> ports, Direction direction, String part) {
        String wanted = part.toLowerCase(Locale.ROOT);
        List<PortInfo> candidates = ports.stream().filter(port -> port.direction() == direction).toList();
        return candidates.stream().filter(port -> port.name().equalsIgnoreCase(part) || port.id().equalsIgnoreCase(part))
                .findFirst()
                .or(() -> candidates.stream().filter(
                        port -> port.name().toLowerCase(Locale.ROOT).contains(wanted)
                                || port.id().toLowerCase(Locale.ROOT).contains(wanted))
                        .findFirst());
    }

    /**
     * The same for a port that must be there.
     *
     * @throws UserError if it is not; says which there are
     */
    public static PortInfo require(List<PortInfo> ports, Direction direction, String part) {
        return find(ports, direction, part).orElseThrow(() -> notThere(ports, direction, part));
    }

    /** The failure to report for a port that is not among these. */
    static UserError notThere(List<PortInfo> ports, Direction direction, String part) {
        String kind = direction == Direction.IN ? "input" : "output";
        String there = ports.stream().filter(port -> port.direction() == direction)
                .map(port -> "\"" + port.name() + "\" (" + port.backend() + ")").collect(Collectors.joining(", "));
        return new UserError("no MIDI " + kind + " port has \"" + part + "\" in its name; "
                + (there.isEmpty()
                        ? "there is no MIDI " + kind + " port at all: plug one in, or start its program, and see `tapkit ports`"
                        : "there are: " + there));
    }
}
