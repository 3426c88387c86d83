package tapkit.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatenessTest {
    private final Lateness lateness = new Lateness();

    @Test
    void shouldCountEachOnceInTheColumnThatItBelongsTo() {
        long[] nanos = {-5, 0, 9_000, 15_000, 1_500_000, 1_500_000, 99_000_000, 200_000_000, 20_000_000_000L};
        for (long late : nanos) {
            lateness.record(late);
        }
        Lateness.Summary summary = lateness.summary();

        assertThat(summary.counts()).containsExactly(3L, 1L, 0L, 0L, 0L, 0L, 0L, 2L, 0L, 0L, 0L, 0L, 1L, 2L);
        assertThat(summary.counts()).hasSize(Lateness.EDGES_NANOS.size() + 1);
        assertThat(summary.p50Nanos() / 1e6).isCloseTo(1.5, within(0.015));
        assertThat(summary.maxNanos() / 1e9).isCloseTo(10, within(0.1));
        assertThat(lateness.summary().counts()).as("asked again").isEqualTo(summary.counts());
    }

    @Test
    void shouldBeEmptyAtFirst() {
        assertThat(lateness.summary().counts()).containsOnly(0L);
        assertThat(lateness.describe()).isEqualTo("none");
    }
}
