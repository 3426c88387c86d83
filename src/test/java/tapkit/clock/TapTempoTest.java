package tapkit.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TapTempoTest {
    private static final long MS = 1_000_000;

    private final TapTempo tempo = new TapTempo();

    private void press(long... millis) {
        for (long m : millis) {
            tempo.press(m * MS);
        }
    }

    @Test
    void shouldKnowNothingFromOnePress() {
        press(1000);

        assertThat(tempo.bpm()).isZero();
    }

    @Test
    void shouldAverageTheIntervals() {
        press(1000, 1490, 2010, 2500);

        assertThat(tempo.bpm()).isCloseTo(120, within(1e-6));
        assertThat(tempo.nextNanos()).isEqualTo(3000 * MS);
        assertThat(tempo.count()).isEqualTo(4);
    }

    @Test
    void shouldBeginAnewAfterAPause() {
        press(1000, 1500, 2000, 9000, 10000);

        assertThat(tempo.bpm()).isCloseTo(60, within(1e-6));
    }

    @Test
    void shouldBeginAnewWithAnIntervalThatDoesNotFit() {
        press(1000, 1500, 2000, 2500, 3300, 4100);

        assertThat(tempo.bpm()).isCloseTo(75, within(1e-6));
    }

    /** A drummer presses four times, breathes, and presses again. */
    @Test
    void shouldNotTakeABreathForATempo() {
        press(1000, 1500, 2000, 2500);
        press(3700);
        assertThat(tempo.bpm()).as("50 for half a second would be heard").isZero();
        press(4200);
        assertThat(tempo.bpm()).isZero();
        press(4700);
        assertThat(tempo.bpm()).isCloseTo(120, within(1e-6));
        assertThat(tempo.count()).isEqualTo(3);
    }

    @Test
    void shouldIgnoreBounces() {
        press(1000, 1030, 1500, 1540, 2000);

        assertThat(tempo.bpm()).isCloseTo(120, within(1e-6));
    }

    @Test
    void shouldFollowTheLastPressesOnly() {
        for (int i = 0; i <= 20; i++) {
            press(1000 + i * 500);
        }
        for (int i = 1; i <= 8; i++) {
            press(11000 + i * 450);
        }

        assertThat(tempo.bpm()).isCloseTo(60_000 / 450.0, within(1e-6));
    }
}
