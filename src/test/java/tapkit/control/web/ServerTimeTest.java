package tapkit.control.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerTimeTest {
    private static final long START = Long.MAX_VALUE - 5_000_000_000L;
    private static final long NOW = START + 2_000_000_000L;
    private final ServerTime time = new ServerTime(START);

    @Test
    void shouldTakeAPagesTimeAsItIs() {
        assertThat(time.nanos(1900.123456, NOW)).isEqualTo(START + 1_900_123_456L);
    }

    @Test
    void shouldGiveBackWhatItGave() {
        long at = NOW - 12_345_678L;
        assertThat(time.nanos(time.millis(at), NOW)).isBetween(at - 1000, at + 1000);
    }

    @Test
    void shouldNotLetTapsComeFromTheFuture() {
        assertThat(time.nanos(2000.001, NOW)).isEqualTo(NOW);
        assertThat(time.nanos(1e300, NOW)).isEqualTo(NOW);
    }

    @Test
    void shouldNotLetTapsComeFromLongAgo() {
        assertThat(time.nanos(1749.9, NOW)).isEqualTo(NOW - 250_000_000L);
        assertThat(time.nanos(-1e300, NOW)).isEqualTo(NOW - 250_000_000L);
    }

    @Test
    void shouldTakeNowWhereThereIsNoTime() {
        assertThat(time.nanos(Double.NaN, NOW)).isEqualTo(NOW);
    }
}
