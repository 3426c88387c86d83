package tapkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tapkit.JackServer;
import tapkit.Peers;
import tapkit.Peers.Peer;

/** In a process of its own, because libjack finds its server by the environment. */
class PortsCommandIT {
    private static List<String> ports(Map<String, String> environment, String... options) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), "tapkit.cli.Main",
                "ports"));
        command.addAll(List.of(options));
        return Peers.run(environment, command.toArray(String[]::new));
    }

    @Test
    void shouldListThePortsOfTheServer() throws Exception {
        try (JackServer server = JackServer.start(); Peer monitor = server.dump("monitor")) {
            assertThat(monitor.process().isAlive()).isTrue();
            assertThat(ports(server.environment())).contains("jack", "  out  monitor:input")
                    .noneMatch(line -> line.startsWith(" ") && line.contains("probe"));
            JsonNode listing = new ObjectMapper().readTree(String.join("\n", ports(server.environment(), "--json")));
            JsonNode jack = listing.get(0);
            assertThat(jack.get("name").asText()).isEqualTo("jack");
            assertThat(jack.get("available").asBoolean()).isTrue();
            assertThat(jack.get("ports").findValuesAsText("id")).contains("monitor:input");
        }
    }

    @Test
    void shouldSayWhyABackendIsNotThere() throws Exception {
        Map<String, String> environment = Map.of("JACK_DEFAULT_SERVER", "no-such-server");
        List<String> lines = ports(environment);
        assertThat(lines.getFirst()).startsWith("jack: not available, ");
        // What else is there depends on the machine; ports are indented.
        assertThat(lines).filteredOn(line -> !line.startsWith(" "))
                .extracting(line -> line.replaceAll("[^a-z].*", "")).containsExactly("jack", "alsa", "javasound");
    }
}
