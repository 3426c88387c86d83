package tapkit.port.jack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tapkit.JackServer;
import tapkit.Peers.Peer;
import tapkit.port.MidiMessage;
import tapkit.port.MidiReceiver;
import tapkit.port.MidiSession;
import tapkit.port.PortPlan;

/** The JACK backend against a real server and JACK's own monitor. */
class JackBackendIT {
    private static final PortPlan NO_WISHES = new PortPlan(List.of(), null, null, true);
    private static final MidiReceiver NOBODY = (message, atNanos) -> {
    };
    /** A frame lasts 20.8 µs; JACK tells times in whole microseconds. */
    private static final long HALF_A_FRAME_NANOS = 500_000_000L / JackServer.RATE + 1000;

    private JackServer server;
    private JackBackend backend;

    @BeforeEach
    void start() throws Exception {
        server = JackServer.start();
        backend = new JackBackend(server.name());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** What came in, in order. */
    private static final class Heard implements MidiReceiver {
        final int[] messages = new int[10_000];
        final long[] atNanos = new long[10_000];
        final AtomicLong count = new AtomicLong();

        @Override
        public void receive(int message, long at) {
            int i = (int) count.getPlain();
            messages[i] = message;
            atNanos[i] = at;
            count.setRelease(i + 1);
        }

        void await(int wanted) {
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (count.getAcquire() < wanted && System.nanoTime() < deadline) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(count.getAcquire()).isEqualTo(wanted);
        }
    }

    /**
     * A server that shares a busy machine misses periods, and what belongs to one leaves late; then the notes are played again. What must
     * hold is that a message is late only where the server was, that none is lost or doubled, and that all others are in their frames.
     */
    @Test
    void shouldSendEachMessageInItsOwnFrame() throws Exception {
        Heard heard = new Heard();
        try (MidiSession receiver = backend.open(new PortPlan(List.of(), null, null, false), heard, NOBODY);
                MidiSession sender = backend.open(new PortPlan(List.of(), "tapkit:pad in", null, false), NOBODY, NOBODY);
                Peer monitor = server.dump("monitor")) {
            server.connect("tapkit-01:drums out", "monitor:input");
            assertThat(receiver.describe()).contains("tapkit:pad in");
            assertThat(sender.describe()).contains("drums out to tapkit:pad in");
            int notes = 200;
            long gridNanos = 9_973_001; // no multiple of a frame or a period
            boolean clean = false;
            for (int round = 0; round < 6 && !clean; round++) {
                long late = sender.health().late();
                long start = System.nanoTime() + 200_000_000L;
                for (int i = 0; i < notes; i++) {
                    assertThat(sender.drums().send(note(i), start + i * gridNanos)).isTrue();
                }
                heard.await((round + 1) * notes);
                clean = sender.health().late() == late;
                for (int i = 0; i < notes; i++) {
                    assertThat(heard.messages[round * notes + i]).isEqualTo(note(i));
                    if (clean) {
                        assertThat(heard.atNanos[round * notes + i]).as("time of note %d", i).isCloseTo(start + i * gridNanos,
                                within(HALF_A_FRAME_NANOS));
                    }
                }
                List<String> printed = monitor.await(Duration.ofSeconds(5), lines -> lines.size() >= heard.count.get());
                assertThat(printed).hasSize((round + 1) * notes);
                if (clean) {
                    assertFramesOnGrid(printed.subList(round * notes, printed.size()), gridNanos);
                }
            }
            assertThat(clean).as("one of six rounds without a missed period; %s", sender.health()).isTrue();
        }
    }

    private static int note(int i) {
        return MidiMessage.noteOn(9, i % 128, 1 + i % 127);
    }

    /** {@code jack_midi_dump} prints the frame first. The server's idea of a frame's length wanders by a little. */
    private static void assertFramesOnGrid(List<String> printed, long gridNanos) {
        long first = frame(printed.getFirst());
        for (int i = 0; i < printed.size(); i++) {
            assertThat(printed.get(i)).contains(String.format("%02x %02x note on", i % 128, 1 + i % 127));
            assertThat((double) (frame(printed.get(i)) - first)).isCloseTo(i * gridNanos * 1e-9 * JackServer.RATE,
                    withinPercentage(0.5));
        }
    }

    private static long frame(String line) {
        return Long.parseLong(line.substring(0, line.indexOf(':')).strip());
    }
}
