package tapkit.bench.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapkit.model.InferenceEngine;
import tapkit.model.InferenceWork;

class InferenceBenchTest {
    @Test
    void shouldReportBothNetworksWithTheNamesThatChecksRelyOn() throws Exception {
        InferenceReport report = new InferenceBench(List.of(InferenceEngine.VECTOR), Duration.ofMillis(1), line -> {
        }).run();
        JsonNode json = JsonMapper.builder().build().readTree(report.json());
        for (String network : List.of("live", "paper")) {
            JsonNode figures = json.get(network);
            assertThat(figures.get("precision").asText()).isEqualTo("bf16");
            assertThat(figures.get("p50_ms").asDouble()).isPositive();
            assertThat(figures.get("p99_ms").asDouble()).isGreaterThanOrEqualTo(figures.get("p50_ms").asDouble());
            assertThat(figures.get("floor_ms").asDouble()).isPositive();
            assertThat(figures.get("p50_over_floor").asDouble())
                    .isCloseTo(figures.get("p50_ms").asDouble() / figures.get("floor_ms").asDouble(), within(0.1));
        }
        assertThat(json.at("/live/weights").asInt()).isEqualTo(1_288_347);
        assertThat(json.at("/paper/weights").asInt()).isBetween(4_000_000, 4_200_000);
        assertThat(json.get("bars").findValuesAsText("bars")).containsExactly("2", "4", "8", "16");
        assertThat(report.text()).contains("live, 1,288,347 weights", "paper, at the bars' end");
    }

    /** Some 370 MB in fp32, a quarter of it in int8, and a third less when only the end is left. */
    @Test
    void shouldCountTheBytesOfThePapersNetwork() {
        InferenceWork fp32 = Workload.paper(InferenceEngine.VECTOR_FP32).work();
        InferenceWork int8 = Workload.paper(InferenceEngine.VECTOR_INT8).work();
        InferenceWork atTheEnd = Workload.paperAtTheBarsEnd(InferenceEngine.VECTOR_FP32).work();
        assertThat(fp32.bytes() / 1e6).isBetween(355.0, 375.0);
        assertThat((double) fp32.bytes() / int8.bytes()).isCloseTo(4, within(0.01));
        assertThat((double) atTheEnd.bytes() / fp32.bytes()).isBetween(0.6, 0.7);
        assertThat(fp32.multiplyAdds()).isEqualTo(int8.multiplyAdds()).isCloseTo(fp32.bytes() / 4, within(10_000L));
    }
}
