package tapkit.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tapkit.port.Backends;
import tapkit.port.MidiBackend;
import tapkit.port.PortInfo;

/** {@code tapkit ports}: the MIDI ports that are there. */
@Command(name = "ports", mixinStandardHelpOptions = true,
        description = "Lists the MIDI ports by backend, best first: \"in\" brings taps or clock to tapkit, \"out\" takes drums.")
final class PortsCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** What is printed of one backend; {@code reason} says why it is not available, else null. */
    record Listing(String name, boolean available, String reason, List<Port> ports) {
        static Listing of(MidiBackend backend) {
            Optional<String> reason = backend.unavailable();
            return new Listing(backend.name(), reason.isEmpty(), reason.orElse(null),
                    reason.isPresent() ? List.of() : backend.ports().stream().map(Port::of).toList());
        }
    }

    /** What is printed of one port. */
    record Port(String direction, String name, String id) {
        static Port of(PortInfo port) {
            return new Port(port.direction().name().toLowerCase(Locale.ROOT), port.name(), port.id());
        }
    }

    @Override
    public Integer call() throws JsonProcessingException {
        List<Listing> listings = Backends.all().stream().map(Listing::of).toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(listings));
        } else {
            listings.forEach(listing -> print(listing, out));
        }
        out.flush();
        return 0;
    }

    private static void print(Listing listing, PrintWriter out) {
        out.println(listing.name + (listing.available ? "" : ": not available, " + listing.reason));
        listing.ports.forEach(port -> out.printf("  %-3s  %s%n", port.direction, port.name));
        if (listing.available && listing.ports.isEmpty()) {
            out.println("  no ports of other programs or devices; tapkit opens its own");
        }
    }
}
