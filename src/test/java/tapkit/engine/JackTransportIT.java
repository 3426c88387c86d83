package tapkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import tapkit.JackServer;
import tapkit.Peers;
import tapkit.Peers.Peer;
import tapkit.engine.EngineSettings.ClockSource;
import tapkit.grid.Grid;
import tapkit.model.Decoder;
import tapkit.port.MidiSession;
import tapkit.port.PortPlan;
import tapkit.port.jack.JackBackend;
import tapkit.telemetry.EngineSnapshot;

/** The engine on a real server, led by JACK's own {@code jack_transport}, which is also the timebase master. */
class JackTransportIT {
    /** Twelve ticks a period: jack_transport adds whole ticks only, and would fall behind its own tempo with others. */
    private static final double BPM = 140.625;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Engine engine = new Engine(new EngineSettings(ClockSource.JACK, 90, 0, 1));

    private EngineSnapshot await(Predicate<EngineSnapshot> condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            EngineSnapshot now = engine.snapshot();
            if (condition.test(now)) {
                return now;
            }
            assertThat(System.nanoTime()).as("waited for a minute; it is at %s", now).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void shouldFollowStartTempoRelocationAndStop() throws Exception {
        float[] half = new float[Grid.VOICES];
        Arrays.fill(half, 0.5f);
        try (JackServer server = JackServer.start();
                MidiSession session = new JackBackend(server.name()).open(
                        new PortPlan(List.of(), null, null, false).following(engine::transport), engine::pad, engine::clock);
                Peer transport = Peers.start(server.environment(), Peers.require("jackd2", "jack_transport").toString());
                PrintWriter commands = new PrintWriter(transport.process().outputWriter(StandardCharsets.UTF_8), true)) {
            engine.start(new SimulatedSession.Echo(), new Decoder(half), List.of(session.drums()), null);
            await(now -> now.locked() && !now.running());
            assertThat(engine.snapshot().clock()).isEqualTo("jack");

            commands.println("play");
            EngineSnapshot rolling = await(EngineSnapshot::running);
            assertThat(rolling.bpm()).as("nobody counts beats: the tempo is tapkit's own").isEqualTo(90);

            commands.println("locate 4800000"); // 100 seconds
            await(now -> now.running() && now.beat() >= 150 && now.beat() < 190);
            commands.println("locate 0");
            await(now -> now.running() && now.beat() < 40);
            commands.println("stop");
            await(now -> !now.running() && now.locked());
            commands.println("play");
            await(EngineSnapshot::running);

            commands.println("master");
            commands.println("tempo " + BPM);
            await(now -> now.bpm() == BPM);
            // A server that shares a busy machine misses periods, and its time stands still meanwhile.
            double error = 1;
            for (int round = 0; round < 24 && error > 0.02; round++) {
                EngineSnapshot counted = engine.snapshot();
                EngineSnapshot later = await(now -> now.beat() > counted.beat() + 4);
                error = Math.abs(
                        later.beat() - counted.beat() - (later.atNanos() - counted.atNanos()) * BPM / 60e9);
            }
            assertThat(error).as("beats").isLessThan(0.02);

            server.kill();
            assertThat(await(now -> !now.locked()).running()).as("the flywheel").isTrue();
            await(now -> !now.running());
            assertThat(session.health().away()).isPresent();
        } finally {
            engine.close();
        }
    }
}
