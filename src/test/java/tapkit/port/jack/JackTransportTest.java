package tapkit.port.jack;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tapkit.Peers;

/** What is read from a {@code jack_position_t} as the header of JACK lays it out. */
class JackTransportTest {
    private static final int RATE = 48_000;
    private static final long MS = 1_000_000;

    private record Told(boolean rolling, double beat, double seconds, double bpm, long atNanos) {
    }

    private final List<Told> told = new ArrayList<>();
    private final MemorySegment position = Arena.ofAuto().allocate(JackTransport.POSITION_BYTES, 8);

    @BeforeAll
    static void needsTheLibrary() {
        if (JackLibrary.Library.FOUND.isEmpty()) {
            throw Peers.missing("needs libjack (on Debian: apt install libjack-jackd2-0)");
        }
    }

    private void bars(int frame, int bar, int beat, int tick, double bpm, float beatsPerBar, float beatType) {
        position.set(JAVA_INT, 16, RATE);
        position.set(JAVA_INT, 20, frame);
        position.set(JAVA_INT, 24, 0x10);
        position.set(JAVA_INT, 28, bar);
        position.set(JAVA_INT, 32, beat);
        position.set(JAVA_INT, 36, tick);
        position.set(JAVA_FLOAT, 48, beatsPerBar);
        position.set(JAVA_FLOAT, 52, beatType);
        position.set(JAVA_DOUBLE, 56, 1920);
        position.set(JAVA_DOUBLE, 64, bpm);
    }

    @Test
    void shouldReadBarsBeatsAndTicks() {
        JackTransport transport = new JackTransport((rolling, beat, seconds, bpm, at) -> told.add(
                new Told(rolling, beat, seconds, bpm, at)));
        bars(96_000, 3, 2, 480, 120, 4, 4);
        transport.read(1, position.address(), 5 * MS);
        assertThat(told).containsExactly(new Told(true, 9.25, 2, 120, 5 * MS));
        bars(96_000, 2, 4, 0, 240, 6, 8);
        transport.read(0, position.address(), 6 * MS);
        assertThat(told.getLast()).isEqualTo(new Told(false, 4.5, 2, 120, 6 * MS));
        position.set(JAVA_INT, 24, 0x50);
        position.set(JAVA_INT, 88, 12_000);
        transport.read(1, position.address(), 7 * MS);
        assertThat(told.getLast().beat()).as("a quarter of a second, one eighth, after the place").isCloseTo(5, within(1e-9));
        position.set(JAVA_INT, 24, 0);
        transport.read(1, position.address(), 8 * MS);
        assertThat(told.getLast().beat()).isNaN();
        assertThat(told.getLast().bpm()).isNaN();
        bars(96_000, 2, -472_670_029, 32_766, 120, 4, 4);
        transport.read(0, position.address(), 9 * MS);
        assertThat(told.getLast().beat()).as("nonsense").isNaN();
        assertThat(told.getLast().seconds()).isEqualTo(2);
    }

    /** Hydrogen, for one, counts 48 ticks a quarter note. */
    @Test
    void shouldBeExactWhereTicksAreCoarse() {
        JackTransport transport = new JackTransport((rolling, beat, seconds, bpm, at) -> told.add(
                new Told(rolling, beat, seconds, bpm, at)));
        double bpm = 97;
        for (int frame = 0; frame < 20 * RATE; frame += 128) {
            int ticks = (int) (frame * bpm * 48 / 60 / RATE);
            bars(frame, 1 + ticks / 192, 1 + ticks / 48 % 4, ticks % 48, bpm, 4, 4);
            position.set(JAVA_DOUBLE, 56, 48);
            transport.read(1, position.address(), frame * 1_000_000_000L / RATE);
        }
        assertThat(told).hasSizeGreaterThan(150).allSatisfy(
                now -> assertThat(now.beat()).isCloseTo(now.seconds() * bpm / 60, within(1e-6)));
        told.clear();
        int away = 333_333; // relocated between two ticks
        for (int frame = away; frame < away + RATE; frame += 128) {
            int ticks = (int) (frame * bpm * 48 / 60 / RATE);
            bars(frame, 1 + ticks / 192, 1 + ticks / 48 % 4, ticks % 48, bpm, 4, 4);
            position.set(JAVA_DOUBLE, 56, 48);
            transport.read(1, position.address(), (20 * RATE + frame - away) * 1_000_000_000L / RATE);
        }
        assertThat(told.getLast().beat()).isCloseTo(told.getLast().seconds() * bpm / 60, within(0.005));
    }

    @Test
    void shouldTellOfChangesAtOnceAndElseTenTimesASecond() {
        JackTransport transport = new JackTransport((rolling, beat, seconds, bpm, at) -> told.add(
                new Told(rolling, beat, seconds, bpm, at)));
        for (int ms = 0; ms < 1000; ms += 2) {
            bars(ms * 48, 1, 1, 0, 120, 4, 4);
            transport.read(1, position.address(), ms * MS);
        }
        assertThat(told).hasSize(10);
        bars(48_000 + 480_000, 1, 1, 0, 120, 4, 4);
        transport.read(1, position.address(), 1000 * MS);
        assertThat(told).as("relocated").hasSize(11);
        bars(48_000 + 480_000 + 96, 1, 1, 0, 121, 4, 4);
        transport.read(1, position.address(), 1002 * MS);
        assertThat(told).as("another tempo").hasSize(12);
        transport.read(0, position.address(), 1003 * MS);
        assertThat(told).as("stopped").hasSize(13);
        transport.read(3, position.address(), 1004 * MS);
        assertThat(told).as("about to start, but standing").hasSize(13);
    }
}
