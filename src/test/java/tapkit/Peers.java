package tapkit;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Real programs that tests play with: servers, monitors, browsers. A test that needs one which is not installed is skipped with
 * the reason; with the environment variable {@code TAPKIT_REQUIRE_PEERS=1} it fails instead, so that no build can quietly test
 * less than it should.
 */
public final class Peers {
    private Peers() {
    }

    /** The first of these programs that is on the PATH; else the test is skipped, or fails if peers are required. */
    public static Path require(String hint, String... programs) {
        for (String program : programs) {
            for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
                Path path = Path.of(folder, program);
                if (Files.isExecutable(path)) {
                    return path;
                }
            }
        }
        throw missing("needs " + String.join(" or ", programs) + " (" + hint + ")");
    }

    /** Skips the test for this reason; if peers are required, returns the failure to throw. */
    public static AssertionError missing(String reason) {
        if ("1".equals(System.getenv("TAPKIT_REQUIRE_PEERS"))) {
            return new AssertionError(reason);
        }
        return abort(reason);
    }

    /** Starts a program. Its output, both streams, is read line by line as it comes. */
    public static Peer start(Map<String, String> environment, String... command) {
        try {
            return new Peer(environment, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A running program; closing it ends it. */
    public static final class Peer implements AutoCloseable {
        private final List<String> lines = new ArrayList<>();
        private final String name;
        private final Process process;
        private final Thread reader;

        private Peer(Map<String, String> environment, String... command) throws IOException {
            name = Path.of(command[0]).getFileName().toString();
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            process = builder.start();
            reader = Thread.ofPlatform().daemon().name("output of " + name).start(this::read);
        }

        private void read() {
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    synchronized (lines) {
                        lines.add(line);
                        lines.notifyAll();
                    }
                }
            } catch (IOException e) {
                // The stream closes under the reader when the program is killed.
            }
        }

        public Process process() {
            return process;
        }

        /** What it has said so far. */
        public List<String> lines() {
            synchronized (lines) {
                return List.copyOf(lines);
            }
        }

        /** Waits until its lines satisfy the condition and returns them; fails after the timeout with what it said. */
        public List<String> await(Duration timeout, Predicate<List<String>> condition) throws InterruptedException {
            long deadline = System.nanoTime() + timeout.toNanos();
            synchronized (lines) {
                while (!condition.test(lines)) {
                    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                    if (left <= 0) {
                        return fail(name + " did not say what was expected; it said: " + lines);
                    }
                    lines.wait(left);
                }
                return List.copyOf(lines);
            }
        }

        /** Ends the program: asks first, kills after three seconds. */
        @Override
        public void close() {
            process.destroy();
            try {
                if (!process.waitFor(3, TimeUnit.SECONDS)) {
                    kill();
                }
                reader.join(Duration.ofSeconds(3));
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }

        /** Ends the program as a crash would; from then on its lines are all that it said. */
        public void kill() throws InterruptedException {
            process.destroyForcibly().waitFor(3, TimeUnit.SECONDS);
            reader.join(Duration.ofSeconds(3));
        }
    }

    /** Runs a program to its end and returns what it said; fails if it fails or takes more than two minutes. */
    public static List<String> run(Map<String, String> environment, String... command) throws InterruptedException {
        try (Peer peer = start(environment, command)) {
            if (!peer.process.waitFor(2, TimeUnit.MINUTES) || peer.process.exitValue() != 0) {
                return fail(Arrays.toString(command) + " failed: " + peer.lines());
            }
            peer.reader.join(Duration.ofSeconds(3));
            return peer.lines();
        }
    }
}
