package tapkit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapkit.JackServer;
import tapkit.model.Models;
import tapkit.port.jack.JackBackend;

/** That everything is measured, for two seconds. How fast is no matter here: tests share their machine. */
class TimingBenchIT {
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);
    private static final int EVENTS = 200;

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
            assertThat(report.at("/steal_percent").isNumber()).isTrue();
            assertThat(report.at("/load").asText()).isEqualTo(loaded ? Load.DESCRIPTION : "none");
            assertThat(progress.stream().filter(line -> line.startsWith("load: ") && !line.contains(" 0 messages"))).hasSize(
                    loaded ? 1 : 0);
        }
    }

    @Test
    void shouldLeaveJackOutWhereNoServerRuns() throws Exception {
        JsonNode report = new ObjectMapper().readTree(
                new TimingBench(new JackBackend("no-such-server"), Duration.ofSeconds(1), false, line -> {
                }).run().json());
        assertThat(report.has("jack")).isFalse();
        assertThat(report.has("thread")).isTrue();
    }
}
