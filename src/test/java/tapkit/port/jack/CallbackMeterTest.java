package tapkit.port.jack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tapkit.port.CallbackTimes;

class CallbackMeterTest {
    private static final long PERIOD = 2_667_000;

    private final CallbackMeter meter = new CallbackMeter();

    @Test
    void shouldKeepHowLongEachCallTook() {
        meter.record(1_000, 3_000, PERIOD, PERIOD);
        meter.record(PERIOD, PERIOD + 50_000, 2 * PERIOD, PERIOD);
        CallbackTimes times = meter.times(PERIOD);
        assertThat(times.nanos().getTotalCount()).isEqualTo(2);
        assertThat(times.nanos().getMaxValue() / 1e3).isBetween(49.5, 50.5);
        assertThat(times.periodNanos()).isEqualTo(PERIOD);
        meter.record(2 * PERIOD, 2 * PERIOD + 100_000, 3 * PERIOD, PERIOD);
        assertThat(meter.times(PERIOD).nanos().getTotalCount()).isEqualTo(3);
        assertThat(meter.times(PERIOD).since(times).nanos().getTotalCount()).isOne();
        assertThat(meter.times(PERIOD).since(times).nanos().getMinValue() / 1e3).isBetween(99.0, 101.0);
        assertThat(times.plus(meter.times(PERIOD)).nanos().getTotalCount()).as("the copy of before stays").isEqualTo(5);
        meter.reset();
        assertThat(meter.times(PERIOD).nanos().getTotalCount()).isZero();
    }

    @Test
    void shouldCountAPeriodThatTapkitHeldUp() {
        meter.record(0, PERIOD + 1, PERIOD, PERIOD);
        assertThat(meter.times(PERIOD).overruns()).isOne();
        // as long, but begun so early that it was done in time
        meter.record(0, PERIOD - 1, PERIOD, PERIOD);
        assertThat(meter.times(PERIOD).overruns()).isOne();
        // begun with a third of the period left, and took more than that
        meter.record(2 * PERIOD / 3, 4 * PERIOD / 3, PERIOD, PERIOD);
        assertThat(meter.times(PERIOD).overruns()).isEqualTo(2);
    }

    /** Who is called when the period is over, or nearly, cannot have made the server miss it. */
    @Test
    void shouldNotCountACallThatCameTooLate() {
        meter.record(PERIOD - 10_000, PERIOD + 20_000, PERIOD, PERIOD);
        meter.record(PERIOD - 10_000, PERIOD + PERIOD / 2, PERIOD, PERIOD);
        meter.record(2 * PERIOD, 2 * PERIOD + PERIOD / 2, PERIOD, PERIOD);
        assertThat(meter.times(PERIOD).overruns()).isZero();
        // called late, and then so slow itself that it made the next one late too
        meter.record(2 * PERIOD, 3 * PERIOD + 1, PERIOD, PERIOD);
        assertThat(meter.times(PERIOD).overruns()).isOne();
    }
}
