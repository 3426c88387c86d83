package tapkit.control.osc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.Peers;
import tapkit.Peers.Peer;
import tapkit.control.Control;
import tapkit.control.Knob;
import tapkit.engine.Engine;
import tapkit.engine.EngineSettings;
import tapkit.engine.EngineSettings.ClockSource;
import tapkit.model.InferenceEngine;
import tapkit.model.Models;
import tapkit.model.RandomModels;
import tapkit.model.TrainedModel;

/** The engine played by liblo's {@code oscsend}, and what {@code oscdump} hears of it. */
class OscPeersIT {
    private static final String HINT = "on Debian: apt install liblo-tools";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Slow enough that no thread sleeps through a beat. */
    private static final double BPM = 100;

    @TempDir
    private Path folder;

    private static int freePort() throws IOException {
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        for (long end = System.nanoTime() + PATIENCE.toNanos(); !condition.getAsBoolean();) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Test
    void shouldBePlayedAndHeardByOtherPrograms() throws Exception {
        String oscsend = Peers.require(HINT, "oscsend").toString();
        String oscdump = Peers.require(HINT, "oscdump").toString();
        Path file = folder.resolve("random.safetensors");
        RandomModels.save(file, 1, 64, 1);
        TrainedModel trained = Models.load(file);
        Knob mode = Knob.of(Control.MODE);
        int in = freePort();
        int out = freePort();
        try (Engine engine = new Engine(
                new EngineSettings(ClockSource.INTERNAL, BPM, 0, 1, Map.of(mode, mode.parse("together"))));
                OscOutput output = OscOutput.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), out),
                        engine::snapshot, engine.controls(),
                        engine.openFeed());
                OscInput input = OscInput.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), in), engine,
                        output::refresh);
                Peer dump = Peers.start(Map.of(), oscdump, "-L", Integer.toString(out))) {
            engine.start(trained.openWarm(InferenceEngine.VECTOR), trained.decoder(), List.of(), null);
            String port = Integer.toString(in);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (dump.lines().stream().noneMatch(line -> line.contains("/tapkit/level/kick f 100.0"))) { // until it listens
                assertThat(System.nanoTime()).as("oscdump listens: %s", dump.lines()).isLessThan(end);
                Peers.run(Map.of(), oscsend, "127.0.0.1", port, "/tapkit/refresh");
                TimeUnit.MILLISECONDS.sleep(50);
            }
            heard(dump, "/tapkit/mode i 1");

            Peers.run(Map.of(), oscsend, "127.0.0.1", port, "/tapkit/temperature", "f", "0.75");
            heard(dump, "/tapkit/temperature f 0.75");
            assertThat(engine.controls().get(Control.TEMPERATURE)).isEqualTo(0.75);
            Peers.run(Map.of(), oscsend, "127.0.0.1", port, "/tapkit/mute/closed-hat", "T");
            heard(dump, "/tapkit/mute/closed-hat i 1");
            Peers.run(Map.of(), oscsend, "127.0.0.1", port, "/tapkit/phrase", "s", "1");
            heard(dump, "/tapkit/phrase i 0");

            for (int tap = 1; tap <= 6; tap++) {
                int taps = tap;
                TimeUnit.MILLISECONDS.sleep(50); // sooner it would be an echo
                Peers.run(Map.of(), oscsend, "127.0.0.1", port, "/tapkit/tap", "i", "100");
                until(() -> engine.snapshot().taps() == taps);
            }
            heard(dump, "/tapkit/running i 1");
            heard(dump, "/tapkit/bar i 2");
            heard(dump, "/tapkit/hit/");
            List<String> beats = dump.await(PATIENCE,
                    lines -> lines.stream().filter(line -> line.contains("/tapkit/beat ")).count() >= 6).stream()
                    .filter(line -> line.contains("/tapkit/beat ")).map(line -> line.substring(line.length() - 1)).toList();
            assertThat(String.join("", beats)).startsWith("1234");

            engine.control(Control.OVERDUB, 1, System.nanoTime()); // from the page, say
            heard(dump, "/tapkit/overdub i 1");
            Peers.run(Map.of(), oscsend, "127.0.0.1", port, "/tapkit/stop");
            heard(dump, "/tapkit/running i 0");
            Peers.run(Map.of(), oscsend, "127.0.0.1", port, "/tapkit/nonsense", "i", "1");
            until(() -> input.ignored() == 1);
            assertThat(engine.failure()).isNull();
        }
    }

    private static void heard(Peer dump, String what) throws InterruptedException {
        dump.await(PATIENCE, lines -> lines.stream().anyMatch(line -> line.contains(what)));
    }
}
