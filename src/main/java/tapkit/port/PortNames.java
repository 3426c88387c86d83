package tapkit.port;

import java.util.ArrayList;
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

    /**
     * A port for each of these parts, none twice: so the second of two pads of one name is found by writing the name twice.
     *
     * @throws UserError if one is not there; says which there are
     */
    public static List<PortInfo> requireEach(List<PortInfo> ports, Direction direction, List<String> parts) {
        List<PortInfo> left = new ArrayList<>(ports);
        List<PortInfo> chosen = new ArrayList<>();
        for (String part : parts) {
            PortInfo port = find(left, direction, part).orElseThrow(() -> find(ports, direction, part).isEmpty()
                    ? notThere(ports, direction, part)
                    : new UserError("no other MIDI port than \"" + find(ports, direction, part).orElseThrow().name()
                            + "\" has \"" + part + "\" in its name, and that one is named already; see `tapkit ports`"));
            left.remove(port);
            chosen.add(port);
        }
        return chosen;
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
