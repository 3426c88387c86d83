package tapkit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapkit.JackServer;
import tapkit.Peers;
import tapkit.PipeWire;
import tapkit.model.Models;
import tapkit.port.jack.JackBackend;

/** That everything is measured, for two seconds. How fast is no matter here: tests share their machine. */
class TimingBenchIT {
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);
    private static final int EVENTS = 200;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldMeasureAllSideBySide(boolean loaded) throws Exception {
        Assumptions.assumeTrue(!loaded || Files.exists(Models.folder().resolve(Models.TAP2DRUM + ".safetensors")),
                "needs the model that ships");
        List<String> progress = new ArrayList<>();
        try (JackServer server = JackServer.start()) {
            JsonNode report = new ObjectMapper().readTree(
                    new TimingBench(new JackBackend(server.name()), TWO_SECONDS, loaded, progress::add).run().json());

            for (String way : List.of("thread", "sequencer", "floor")) {
                assertThat(report.at("/" + way + "/events").asInt()).as(way).isBetween(EVENTS / 2, EVENTS);
                assertThat(report.at("/" + way + "/p50_us").asDouble()).as(way).isPositive();
                assertThat(report.at("/" + way + "/max_us").asDouble()).as(way)
                        .isGreaterThanOrEqualTo(report.at("/" + way + "/p99_us").asDouble());
            }
            assertThat(report.at("/jack/events").asInt()).isEqualTo(EVENTS);
            assertThat(report.at("/jack/missing").asInt()).isZero();
            assertThat(report.at("/jack/off_frame").asInt()).isLessThan(EVENTS);
            assertThat(report.at("/jack/xruns").isInt()).isTrue();
            assertThat(report.at("/jack/xruns_caused").isInt()).isTrue();
            assertThat(report.at("/jack/period_us").asDouble()).isBetween(2666.0, 2667.0);
            // of five clients in two seconds
            assertThat(report.at("/jack/callbacks").asInt()).isGreaterThan(5 * 375);
            assertThat(report.at("/jack/callback_p50_us").asDouble()).isBetween(0.1, 2666.0);
            assertThat(report.at("/direct/jack/events").asInt() + report.at("/direct/jack/missing").asInt()).isGreaterThan(
                    EVENTS / 2);
            // A period that the server misses may part a drum from its tap.
            assertThat(report.at("/direct/jack/same_frame").asInt()).isGreaterThan(EVENTS / 2);
            assertThat(report.at("/direct/jack/p50_us").asDouble()).isZero();
            assertThat(report.at("/direct/thread/events").asInt()).isGreaterThan(EVENTS / 2);
            assertThat(report.at("/direct/thread/p50_us").asDouble()).isPositive();
            assertThat(report.at("/steal_percent").isNumber()).isTrue();
            assertThat(report.at("/load").asText()).isEqualTo(loaded ? Load.DESCRIPTION : "none");
            assertThat(progress.stream().filter(line -> line.startsWith("load: ") && !line.contains(" 0 messages"))).hasSize(
                    loaded ? 1 : 0);
        }
    }

    /** PipeWire lets several programs have the same name, where JACK gives them numbers. */
    @Test
    void shouldMeasureOnPipeWire() throws Exception {
        try (PipeWire pipeWire = PipeWire.start(folder)) {
            List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow", "-cp", System.getProperty("java.class.path"),
                    "tapkit.cli.Main", "bench", "timing", "--seconds", "2");
            List<String> said = Peers.run(pipeWire.environment(), pipeWire.command(command));
            assertThat(said).anyMatch(line -> line.startsWith("JACK: 200 events") && line.contains("(0 missing)"))
                    .anyMatch(line -> line.contains("in the frame of their tap, 0 missing"));
        }
    }

    @Test
    void shouldLeaveJackOutWhereNoServerRuns() throws Exception {
        JsonNode report = new ObjectMapper().readTree(
                new TimingBench(new JackBackend("no-such-server"), Duration.ofSeconds(1), false, line -> {
                }).run().json());
        assertThat(report.has("jack")).isFalse();
        assertThat(report.at("/direct/jack").isMissingNode()).isTrue();
        assertThat(report.at("/direct/thread/events").asInt()).isGreaterThan(EVENTS / 4);
        assertThat(report.has("thread")).isTrue();
    }
}
