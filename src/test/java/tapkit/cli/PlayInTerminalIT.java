package tapkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.Peers;
import tapkit.Peers.Peer;
import tapkit.model.RandomModels;

/** {@code tapkit play} in a terminal: a real one, which {@code script} makes. */
class PlayInTerminalIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private Peer play(Map<String, String> environment) throws InterruptedException {
        String script = Peers.require("on Debian: apt install bsdutils", "script").toString();
        Path model = folder.resolve("random.safetensors");
        RandomModels.save(model, 2, 64, 1);
        // Whoever was started in the background ignores Ctrl-C, and so do its children; a terminal's programs do not.
        String command = String.join(" ", List.of("stty columns 40;", "exec env --default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-cp",
                System.getProperty("java.class.path"), Main.class.getName(), "play", "--no-record", "--web-port", "0",
                "--model", model.toString()));
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(Map.of("JACK_DEFAULT_SERVER", "tapkit-test-no-such-server", "JACK_NO_START_SERVER", "1",
                "XDG_RUNTIME_DIR", folder.toString(), "XDG_CONFIG_HOME", folder.toString(), "XDG_DATA_HOME", folder.toString(),
                "SHELL", "/bin/sh"));
        Peer peer = Peers.start(all, script, "-q", "-e", "-c", command, "/dev/null");
        peer.await(PATIENCE, lines -> lines.stream().anyMatch(line -> line.startsWith("ready ")));
        return peer;
    }

    private static void press(Peer peer, String keys) throws Exception {
        Writer keyboard = peer.process().outputWriter();
        keyboard.write(keys);
        keyboard.flush();
    }

    private static void await(Peer peer, String part) throws InterruptedException {
        peer.await(PATIENCE, lines -> lines.stream().anyMatch(line -> line.contains(part)));
    }

    @Test
    void shouldShowOneLineAndPlayByKeys() throws Exception {
        try (Peer tapkit = play(Map.of("TERM", "xterm", "LC_ALL", "C.UTF-8"))) {
            await(tapkit, "stopped | answer A"); // from here on keys are heard
            press(tapkit, " ");
            tapkit.await(PATIENCE, lines -> lines.stream().anyMatch(line -> line.matches(".*●○○○ bar [2-9].*")));
            press(tapkit, "m");
            await(tapkit, "together A");
            press(tapkit, "?");
            await(tapkit, "keys: space taps");
            press(tapkit, "q");
            assertThat(tapkit.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(tapkit.process().exitValue()).isZero();
            assertThat(tapkit.lines()).filteredOn(line -> line.contains(" bar "))
                    .allMatch(line -> line.replaceAll("\u001b\\[[0-9;]*[mK]", "").length() < 40)
                    .anyMatch(line -> line.contains("\u001b[1m"));
        }
    }

    @Test
    void shouldSayPlainLinesInADumbTerminal() throws Exception {
        try (Peer tapkit = play(Map.of("TERM", "dumb", "LC_ALL", "C"))) {
            assertThat(tapkit.lines()).noneMatch(line -> line.contains("\u001b"));
            press(tapkit, "\u0003"); // Ctrl-C
            assertThat(tapkit.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(tapkit.process().exitValue()).isEqualTo(130);
        }
    }
}
