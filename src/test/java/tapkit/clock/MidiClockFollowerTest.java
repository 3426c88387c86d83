package tapkit.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MidiClockFollowerTest {
    private static final long BEGIN = 5_000_000_000L;
    private static final double MS = 1e6;

    private final MidiClockFollower clock = new MidiClockFollower(120);

    /** Sends ticks from..to (of 24 a beat), each at the time that the function gives in nanoseconds. */
    private void ticks(int from, int to, DoubleUnaryOperator time) {
        for (int i = from; i < to; i++) {
            clock.tick(BEGIN + Math.round(time.applyAsDouble(i)));
        }
    }

    private static double period(double bpm) {
        return 60e9 / (24 * bpm);
    }

    @Test
    void shouldCountFromTheFirstTickAfterStart() {
        ticks(-30, 0, i -> i * period(120));
        assertThat(clock.running()).isFalse();
        assertThat(clock.locked()).isTrue();
        clock.start();
        ticks(0, 49, i -> i * period(120));

        assertThat(clock.running()).isTrue();
        assertThat(clock.bpm()).isCloseTo(120, within(1e-6));
        assertThat(clock.beatAt(BEGIN)).isCloseTo(0, within(1e-6));
        assertThat(clock.nanosAt(2)).isCloseTo(BEGIN + 1_000_000_000L, within(100L));
    }

    @Test
    void shouldContinueWhereItWasStopped() {
        clock.start();
        ticks(0, 25, i -> i * period(120));
        clock.stop();
        ticks(25, 40, i -> i * period(120));
        assertThat(clock.running()).isFalse();
        clock.resume();
        ticks(40, 41, i -> i * period(120));

        assertThat(clock.beatAt(BEGIN + Math.round(40 * period(120)))).isCloseTo(25 / 24.0, within(1e-6));
    }

    @Test
    void shouldTakeUpASongPosition() {
        clock.songPosition(37);
        clock.resume();
        ticks(0, 10, i -> i * period(90));

        assertThat(clock.beatAt(BEGIN)).isCloseTo(37 / 4.0, within(1e-6));
        assertThat(clock.bpm()).isCloseTo(90, within(1e-3));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 120, 200})
    void shouldSmoothOutJitterOfAMillisecond(int bpm) {
        double period = period(bpm);
        for (int seed = 1; seed <= 24; seed++) {
            Random random = new Random(seed);
            MidiClockFollower follower = new MidiClockFollower(100);
            double squares = 0;
            int n = 0;
            follower.start();
            for (int i = 0; i < 24 * 100; i++) {
                follower.tick(BEGIN + Math.round(i * period + random.nextGaussian() * MS));
                if (i > 24 * 20) {
                    double error = (follower.beatAt(BEGIN + Math.round(i * period)) - i / 24.0) * 24 * period;
                    squares += error * error;
                    n++;
                }
            }
            assertThat(Math.sqrt(squares / n) / MS).as("rms ms at %d bpm, seed %d", bpm, seed).isLessThan(0.2);
        }
    }

    @Test
    void shouldSettleAfterARampInJitter() {
        for (int seed = 1; seed <= 24; seed++) {
            Random random = new Random(seed);
            MidiClockFollower follower = new MidiClockFollower(120);
            follower.start();
            double time = 0;
            double squares = 0;
            for (int i = 0; i < 24 * 80; i++) {
                double bpm = 120 + Math.clamp((i - 24 * 20) / 24.0, 0, 16) * 0.75;
                follower.tick(BEGIN + Math.round(time + random.nextGaussian() * MS));
                double error = (follower.beatAt(BEGIN + Math.round(time)) - i / 24.0) * 24 * period(bpm);
                squares += i >= 24 * 48 ? error * error : 0;
                time += period(bpm);
            }
            assertThat(Math.sqrt(squares / (24 * 32)) / MS).as("rms ms, seed %d", seed).isLessThan(0.25);
        }
    }

    @Test
    void shouldFollowAStepOfTempoWithinSixTicks() {
        clock.start();
        ticks(0, 481, i -> i * period(120));
        double at = 480 * period(120);
        ticks(481, 487, i -> at + (i - 480) * period(132));

        assertThat(clock.bpm()).isCloseTo(132, within(0.5));
        assertThat(clock.beatAt(BEGIN + Math.round(at + 6 * period(132)))).isCloseTo(486 / 24.0, within(0.002));
    }

    @Test
    void shouldStayCloseOnARamp() {
        clock.start();
        double time = 0;
        double worst = 0;
        for (int i = 0; i < 24 * 60; i++) {
            double bpm = 60 + Math.min(140, Math.max(0, i - 240) * 0.14);
            clock.tick(BEGIN + Math.round(time));
            worst = i < 48 ? 0 : Math.max(worst, Math.abs(clock.beatAt(BEGIN + Math.round(time)) - i / 24.0) * 60e3 / bpm);
            time += period(bpm);
        }

        assertThat(worst).as("milliseconds").isLessThan(3);
        assertThat(clock.bpm()).isCloseTo(200, within(0.5));
    }

    @Test
    void shouldPassOverASingleLateTick() {
        clock.start();
        ticks(0, 480, i -> i * period(120));
        ticks(480, 481, i -> i * period(120) + 15 * MS);
        ticks(481, 490, i -> i * period(120));

        assertThat(clock.nanosAt(24)).isCloseTo(BEGIN + 12_000_000_000L, within(50_000L));
    }

    @Test
    void shouldRunOnWhenTicksStayAwayThenStop() {
        clock.start();
        ticks(0, 49, i -> i * period(120));
        clock.advance(BEGIN + 1_000_000_000L + 200_000_000L);
        assertThat(clock.locked()).isTrue();
        clock.advance(BEGIN + 1_000_000_000L + 600_000_000L);
        assertThat(clock.locked()).isFalse();
        assertThat(clock.running()).isTrue();
        assertThat(clock.beatAt(BEGIN + 1_600_000_000L)).isCloseTo(3.2, within(1e-3));
        clock.advance(BEGIN + 1_000_000_000L + 4_100_000_000L);
        assertThat(clock.running()).isFalse();
    }

    @Test
    void shouldTakeUpTheCountWhereItWouldBeWhenTicksComeBack() {
        clock.start();
        ticks(0, 49, i -> i * period(120));
        ticks(90, 120, i -> i * period(120));

        assertThat(clock.locked()).isTrue();
        assertThat(clock.beatAt(BEGIN + 2_500_000_000L)).isCloseTo(5, within(0.01));
    }

    @Test
    void shouldNotCountATickThatComesOverASecondCableToo() {
        clock.start();
        for (int i = 0; i < 24 * 8; i++) {
            ticks(i, i + 1, tick -> tick * period(120));
            ticks(i, i + 1, tick -> tick * period(120) + 0.7 * MS);
        }

        assertThat(clock.bpm()).isCloseTo(120, within(0.01));
        assertThat(clock.beatAt(BEGIN + 3_500_000_000L)).isCloseTo(7, within(1e-3));
    }

    @Test
    void shouldCountTicksThatWereHeldUpAndComeAtOnce() {
        clock.start();
        ticks(0, 24 * 8, i -> i * period(120));
        ticks(24 * 8, 24 * 8 + 3, i -> (24 * 8 + 2) * period(120) + (i - 24 * 8) * 0.05 * MS);
        ticks(24 * 8 + 3, 24 * 16, i -> i * period(120));

        assertThat(clock.beatAt(BEGIN + 7_500_000_000L)).isCloseTo(15, within(0.01));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 9})
    void shouldKeepTheBarLineWhenAFewTicksAreLost(int lost) {
        int off = 0;
        for (int bpm : new int[]{60, 120, 200}) {
            assertThat(ticksOff(bpm, lost, i -> 0)).as("%d bpm", bpm).isZero();
            for (int seed = 1; seed <= 24; seed++) {
                Random random = new Random(seed);
                off += ticksOff(bpm, lost, i -> random.nextGaussian() * MS) == 0 ? 0 : 1;
            }
        }
        assertThat(off).as("of 72 bar lines; jitter can look like a change of tempo").isLessThanOrEqualTo(3);
    }

    /** Ticks by which the count is off at the end. */
    private static long ticksOff(int bpm, int lost, DoubleUnaryOperator jitter) {
        MidiClockFollower follower = new MidiClockFollower(100);
        follower.start();
        for (int i = 0; i < 24 * 12; i++) {
            if (i < 24 * 8 || i >= 24 * 8 + lost) {
                follower.tick(BEGIN + Math.round(i * period(bpm) + jitter.applyAsDouble(i)));
            }
        }
        return Math.round(follower.beatAt(BEGIN + Math.round(24 * 12 * period(bpm))) * 24) - 24 * 12;
    }

    @Test
    void shouldCountOnWhereTheSenderStoodStill() {
        clock.start();
        ticks(0, 24 * 8, i -> i * period(120));
        ticks(24 * 8, 24 * 16, i -> (i + 5.4) * period(120));

        assertThat(clock.beatAt(BEGIN + Math.round((24 * 15 + 5.4) * period(120)))).isCloseTo(15, within(0.01));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6, 9})
    void shouldNotTakeTicksThatWereHeldUpForATempo(int held) {
        clock.start();
        ticks(0, 24 * 8, i -> i * period(120));
        for (int i = 24 * 8; i < 24 * 8 + held; i++) {
            int tick = i;
            ticks(i, i + 1, ignored -> (24 * 8 + held - 1) * period(120) + (tick - 24 * 8) * 0.4 * MS);
            assertThat(clock.bpm()).isBetween(115.0, 125.0);
        }
        ticks(24 * 8 + held, 24 * 16, i -> i * period(120));

        assertThat(clock.beatAt(BEGIN + 7_500_000_000L)).isCloseTo(15, within(0.01));
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 25, 30, 300})
    void shouldBeSteadyAtTheSlowestAndTheFastestTempo(int bpm) {
        double period = period(bpm);
        for (int seed = 1; seed <= 24; seed++) {
            Random random = new Random(seed);
            MidiClockFollower follower = new MidiClockFollower(120);
            follower.start();
            double worst = 0;
            for (int i = 0; i < 24 * 16; i++) {
                follower.tick(BEGIN + Math.round(i * period + random.nextGaussian() * MS));
                double late = (follower.beatAt(BEGIN + Math.round(i * period)) - i / 24.0) * 24 * period;
                worst = i < 24 * 4 ? 0 : Math.max(worst, Math.abs(late));
            }
            assertThat(worst / MS).as("ms at %d bpm, seed %d", bpm, seed).isLessThan(6);
        }
    }

    @Test
    void shouldHaveATempoWhateverComes() {
        for (int seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            MidiClockFollower follower = new MidiClockFollower(120);
            long at = BEGIN;
            follower.start();
            for (int i = 0; i < 200; i++) {
                at += random.nextLong(seed % 2 == 0 ? 300_000_000 : 30_000_000);
                follower.tick(at);
                assertThat(follower.bpm()).as("seed %d, tick %d", seed, i).isBetween(9.99, 400.01);
            }
        }
    }

    @Test
    void shouldNotJumpToWhereItIs() {
        clock.start();
        ticks(0, 24, i -> i * period(120));
        int epoch = clock.epoch();
        clock.songPosition(4);
        ticks(24, 30, i -> i * period(120));
        assertThat(clock.epoch()).isEqualTo(epoch);
        assertThat(clock.beatAt(BEGIN + Math.round(24 * period(120)))).isCloseTo(1, within(1e-6));
        clock.songPosition(4);
        ticks(30, 31, i -> i * period(120));
        assertThat(clock.epoch()).isNotEqualTo(epoch);
        assertThat(clock.beatAt(BEGIN + Math.round(30 * period(120)))).isCloseTo(1, within(1e-6));
    }

    @Test
    void shouldStartAtASongPositionThatComesAfterTheClockWasLost() {
        clock.start();
        ticks(0, 49, i -> i * period(120));
        clock.advance(BEGIN + 10_000_000_000L);
        assertThat(clock.running()).isFalse();
        clock.songPosition(64);
        ticks(600, 648, i -> i * period(120));
        assertThat(clock.running()).as("ticks of a sender that stands still").isFalse();
        clock.resume();
        ticks(648, 660, i -> i * period(120));
        assertThat(clock.running()).isTrue();
        assertThat(clock.beatAt(BEGIN + Math.round(648 * period(120)))).isCloseTo(16, within(1e-6));
    }
}
