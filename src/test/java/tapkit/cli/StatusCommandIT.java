package tapkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.JackServer;
import tapkit.Peers;
import tapkit.Peers.Peer;
import tapkit.control.Knob;
import tapkit.model.RandomModels;

/** {@code tapkit status} asks a {@code tapkit play} that is another process, with and without a page. */
class StatusCommandIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private Peer tapkit(Map<String, String> environment, String... arguments) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("XDG_RUNTIME_DIR", folder.toString());
        all.put("XDG_CONFIG_HOME", folder.toString());
        all.put("XDG_DATA_HOME", folder.toString());
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                        System.getProperty("java.class.path"), "-Djava.io.tmpdir=" + folder)); // what else plays is not seen
        if ("play".equals(arguments[0])) { // the JVM says something of these
            command.addAll(List.of("--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow"));
        }
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        return Peers.start(all, command.toArray(String[]::new));
    }

    private Peer play(Map<String, String> environment, String... arguments) throws InterruptedException {
        Path model = folder.resolve("random.safetensors");
        RandomModels.save(model, 2, 64, 1);
        List<String> all = new ArrayList<>(List.of("play", "--model", model.toString(), "--no-record", "--no-journal"));
        all.addAll(List.of(arguments));
        Peer peer = tapkit(environment, all.toArray(String[]::new));
        peer.await(PATIENCE, lines -> lines.stream().anyMatch(line -> line.startsWith("ready ")));
        return peer;
    }

    private List<String> status(int exit, String... options) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("status"));
        arguments.addAll(List.of(options));
        try (Peer peer = tapkit(Map.of(), arguments.toArray(String[]::new))) {
            assertThat(peer.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            List<String> lines = peer.await(PATIENCE,
                    said -> !said.isEmpty() && said.getLast().matches("process .*|}|tapkit: .*"));
            assertThat(peer.process().exitValue()).as("exit code; it said %s", lines).isEqualTo(exit);
            return lines;
        }
    }

    private JsonNode json() throws Exception {
        return new ObjectMapper().readTree(String.join("\n", status(0, "--json")));
    }

    @Test
    void shouldTellOfOneThatServesAPageAndOfNoneBeforeAndAfter() throws Exception {
        assertThat(status(1)).containsExactly("tapkit: no tapkit plays; start one with tapkit play");
        Map<String, String> noJack = Map.of("JACK_DEFAULT_SERVER", "tapkit-test-no-such-server", "JACK_NO_START_SERVER", "1");
        try (Peer tapkit = play(noJack, "--web-port", "0", "--bpm", "97", "--mode", "together", "--clock", "tap")) {
            JsonNode status = json();
            assertThat(status.path("pid").asLong()).isEqualTo(tapkit.process().pid());
            assertThat(status.path("mode").asText()).isEqualTo("together");
            assertThat(status.path("part").asText()).isEqualTo("A");
            assertThat(status.path("running").asBoolean(true)).isFalse();
            assertThat(status.path("bar").isNull()).isTrue();
            assertThat(status.path("bpm").asDouble()).isEqualTo(97);
            assertThat(status.path("clock").path("source").asText()).isEqualTo("tap");
            assertThat(status.path("model").asText()).contains("random");
            assertThat(status.path("page").asText()).startsWith("http://127.0.0.1:");
            assertThat(status.path("recording").path("file").isNull()).isTrue();
            assertThat(status.path("controls").path("temperature").asDouble(-1)).isZero();
            assertThat(Knob.ALL).filteredOn(knob -> !knob.control().kind().name().equals("TRIGGER"))
                    .allMatch(knob -> status.path("controls").has(knob.label()));
            assertThat(status(0)).anyMatch(line -> line.startsWith("mode       together, part A"))
                    .anyMatch(line -> line.startsWith("tempo      97.0 bpm, tap clock"))
                    .anyMatch(line -> line.startsWith("page       http://"));

            tapkit.kill(); // what it leaves behind is no tapkit
        }
        assertThat(status(1)).containsExactly("tapkit: no tapkit plays; start one with tapkit play");
    }

    @Test
    void shouldTellOfPortsAndOfWhatIsPlayedWithoutAPage() throws Exception {
        String sequencer = Peers.require("on Debian: apt install jackd2", "jack_midiseq").toString();
        try (JackServer server = JackServer.start();
                Peer tapkit = play(server.environment(), "--no-web", "--bpm", "240", "--direct");
                Peer hands = Peers.start(server.environment(), sequencer, "hands", "12000", "0", "60", "1000")) {
            assertThat(hands.process().isAlive()).isTrue();
            server.awaitPort("hands:out", hands);
            server.connect("hands:out", "tapkit:pad in");
            JsonNode status = json();
            for (long end = System.nanoTime() + PATIENCE.toNanos(); status.path("answered").asLong() < 2; status = json()) {
                assertThat(System.nanoTime()).as("answers are counted: %s", status).isLessThan(end);
            }
            assertThat(status.path("running").asBoolean()).isTrue();
            assertThat(status.path("bar").asLong()).isPositive();
            assertThat(status.path("beat").asInt()).isBetween(1, 4);
            assertThat(status.path("taps").asLong()).isGreaterThan(4);
            assertThat(status.path("page").isNull()).isTrue();
            assertThat(status.path("ports").path("health").asText()).isEqualTo("good");
            assertThat(status.path("ports").path("open").asText()).contains("tapkit:pad in");
            assertThat(status.path("ports").path("xruns_by_tapkit").isInt()).isTrue();
            assertThat(status.path("latency").path("events").asLong()).isPositive();
            assertThat(status.path("latency").path("p99_ms").asDouble(-1)).isBetween(0.0,
                    status.path("latency").path("max_ms").asDouble());
            assertThat(status.path("lateness").path("events").asLong()).isPositive();
            assertThat(status.path("inference_ms").asDouble()).isPositive();
            assertThat(tapkit.process().isAlive()).isTrue();
        }
    }
}
