package tapkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tapkit.Peers.Peer;

/**
 * A real JACK server without a sound card, under a name of its own so that test runs do not meet. Its programs
 * ({@code jack_lsp}, {@code jack_midi_dump} and so on) find it through {@link #environment()}.
 */
public final class JackServer implements AutoCloseable {
    private static final String HINT = "on Debian: apt install jackd2";
    /** Periods of 128 frames hold on small virtual machines; 32 do not. */
    public static final int PERIOD_FRAMES = 128;
    public static final int RATE = 48_000;
    /** Servers that this machine's tests may run at one time. */
    private static final int SLOTS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private Peer jackd;

    private JackServer(String name) throws InterruptedException {
        this.name = name;
        restart();
    }

    /** Starts a server and waits until it answers; skips the test where JACK is not installed. */
    public static synchronized JackServer start() throws InterruptedException {
        Peers.require(HINT, "jackd");
        return new JackServer(freeName(Peers.require(HINT, "jack_wait")));
    }

    /** Starts a server under the same name again, after {@link #kill} or {@link #close}. */
    public void restart() throws InterruptedException {
        Map<String, String> environment = Map.of("JACK_DEFAULT_SERVER", name, "JACK_NO_AUDIO_RESERVATION", "1");
        // Synchronous: a server that does not wait for its clients loses what a late one has written, on a machine that is busy
        // building. Real time where the user may; jackd itself says so and goes on without where not.
        jackd = Peers.start(environment, Peers.require(HINT, "jackd").toString(), "-S", "-d", "dummy", "-r",
                Integer.toString(RATE), "-p", Integer.toString(PERIOD_FRAMES));
        try {
            Peers.run(environment, Peers.require(HINT, "jack_wait").toString(), "-w", "-t",
                    Long.toString(PATIENCE.toSeconds()));
        } catch (Throwable e) {
            jackd.close();
            throw e;
        }
    }

    /**
     * A name that no running server has. JACK remembers eight names, and one whose server was killed is free again only for a
     * server of the same name: so the tests, which kill some, always take the same few.
     */
    private static String freeName(Path wait) throws InterruptedException {
        for (int slot = 0; slot < SLOTS; slot++) {
            String name = "tapkit-test-" + slot;
            if (Peers.run(Map.of("JACK_DEFAULT_SERVER", name), wait.toString(), "-c").contains("not running")) {
                return name;
            }
        }
        throw new AssertionError("JACK servers tapkit-test-0 to " + (SLOTS - 1) + " all run already; end them (pkill jackd)");
    }

    /** What clients call the server. */
    public String name() {
        return name;
    }

    /** What a JACK program needs in its environment to find this server. */
    public Map<String, String> environment() {
        return Map.of("JACK_DEFAULT_SERVER", name);
    }

    /** Names of the server's ports. */
    public List<String> ports() throws InterruptedException {
        return Peers.run(environment(), Peers.require(HINT, "jack_lsp").toString());
    }

    /** Connects an output port to an input port, as a patch bay would; both may be of programs that are still starting. */
    public void connect(String output, String input) throws InterruptedException {
        connect(environment(), Peers.require(HINT, "jack_connect").toString(), output, input);
    }

    /** Runs a command that connects ports until it succeeds: a port is seen before it can be connected. */
    public static void connect(Map<String, String> environment, String... command) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Peer connect = Peers.start(environment, command)) {
                if (connect.process().waitFor() == 0) {
                    return;
                }
                if (System.nanoTime() > deadline) {
                    throw new AssertionError(String.join(" ", command) + " failed: " + connect.lines());
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Starts {@code jack_midi_dump} under a client name; its port is {@code NAME:input}. Lines come as they are printed. */
    public Peer dump(String clientName) throws InterruptedException {
        Peer dump = Peers.start(environment(), Peers.require("coreutils", "stdbuf").toString(), "-oL",
                Peers.require(HINT, "jack_midi_dump").toString(), "-a", clientName);
        awaitPort(clientName + ":input", dump);
        return dump;
    }

    /** Waits until a port of a program that was just started is there; where it does not come, the program is ended. */
    public void awaitPort(String port, Peer of) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ports().contains(port)) {
            if (System.nanoTime() > deadline || !of.process().isAlive()) {
                of.close();
                throw new AssertionError("there is no port " + port + "; its program said " + of.lines());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Ends the server as a crash would. */
    public void kill() throws InterruptedException {
        jackd.kill();
    }

    /** Has it hang, as behind a driver that does not come back, or go on. */
    public void hang(boolean hangs) throws InterruptedException {
        Peers.run(Map.of(), Peers.require("procps", "kill").toString(), hangs ? "-STOP" : "-CONT",
                Long.toString(jackd.process().pid()));
    }

    @Override
    public void close() {
        jackd.close();
    }

    /** Whether the end of what {@link #dump} said is that a port was silenced, as when its program ends. */
    public static boolean isSilenced(List<String> lines) {
        return !lines.isEmpty() && lines.getLast().contains(": b9 78 00");
    }

    /** Of what {@link #dump} said ({@code 99 24 64 note on}), the notes on channel 10 that began and did not end. */
    public static List<String> sounding(List<String> lines) {
        List<String> sounding = new ArrayList<>();
        for (String line : lines) {
            String[] bytes = line.substring(line.indexOf(':') + 1).strip().split("\\s+", -1);
            if (bytes.length > 2 && "99".equals(bytes[0]) && !"00".equals(bytes[2])) {
                sounding.add(bytes[1]);
            } else if (bytes.length > 2 && ("89".equals(bytes[0]) || "99".equals(bytes[0]))) {
                sounding.remove(bytes[1]);
            }
        }
        return sounding;
    }
}
