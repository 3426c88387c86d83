package tapkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tapkit.Peers.Peer;

/**
 * A PipeWire of the test's own, without a session manager, a sound card or a bus. Programs of JACK find it through {@code pw-jack}, in
 * whose place {@link #command} puts itself.
 */
public final class PipeWire implements AutoCloseable {
    private static final String HINT = "on Debian: apt install pipewire pipewire-jack";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final String pwJack;
    private final Peer daemon;

    private PipeWire(Path folder, String pwJack, Peer daemon) {
        this.folder = folder;
        this.pwJack = pwJack;
        this.daemon = daemon;
    }

    /** Starts one whose socket is in this folder; skips the test where there is no PipeWire. */
    public static PipeWire start(Path folder) throws InterruptedException {
        String program = Peers.require(HINT, "pipewire").toString();
        String pwJack = Peers.require(HINT, "pw-jack").toString();
        PipeWire started = new PipeWire(folder, pwJack,
                Peers.start(Map.of("XDG_RUNTIME_DIR", folder.toString()), program));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(folder.resolve("pipewire-0"))) {
            assertThat(System.nanoTime()).as("PipeWire is there; it says %s", started.daemon.lines()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return started;
    }

    /** What a program needs in its environment to find it. */
    public Map<String, String> environment() {
        return Map.of("XDG_RUNTIME_DIR", folder.toString());
    }

    /** A program of JACK's, to be run on PipeWire. */
    public String[] command(List<String> program) {
        String[] command = new String[program.size() + 1];
        command[0] = pwJack;
        System.arraycopy(program.toArray(String[]::new), 0, command, 1, program.size());
        return command;
    }

    /** The same. */
    public String[] command(String... program) {
        return command(List.of(program));
    }

    @Override
    public void close() {
        daemon.close();
    }
}
