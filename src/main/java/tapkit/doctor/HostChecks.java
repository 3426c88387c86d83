package tapkit.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import tapkit.port.RealTime;

/** What Linux tells of itself in /proc and /sys; elsewhere there is nothing to be found, and nothing is said. */
final class HostChecks {
    private static final String RIGHTS = "install native-config/linux/95-tapkit-realtime.conf, "
            + "`sudo usermod -aG audio $USER`, log in again";
    /** JACK's clients lock a few megabytes each. */
    private static final long MEMLOCK_BYTES = 64L << 20;

    private final Path root;
    private final boolean mayBeRealTime;
    private final int cores;

    /** This machine. */
    HostChecks() {
        this(Path.of("/"), CompletableFuture.supplyAsync(() -> RealTime.request(RealTime.OUTPUT),
                work -> Thread.ofPlatform().name("tapkit-doctor").start(work)).join(),
                Runtime.getRuntime().availableProcessors());
    }

    /**
     * Another machine.
     *
     * @param root          where its proc and sys are
     * @param mayBeRealTime whether a thread was given real-time priority when it asked
     */
    HostChecks(Path root, boolean mayBeRealTime, int cores) {
        this.root = root;
        this.mayBeRealTime = mayBeRealTime;
        this.cores = cores;
    }

    List<Finding> examine() {
        if (!Files.isDirectory(root.resolve("proc"))) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(realTime());
        limit("Max locked memory").map(HostChecks::memory).ifPresent(findings::add);
        governors().ifPresent(findings::add);
        load().ifPresent(findings::add);
        return findings;
    }

    private Finding realTime() {
        String allowed = limit("Max realtime priority").orElse("unknown");
        return mayBeRealTime
                ? Finding.good("real-time rights",
                        "a thread may go before all other programs (limit of the priority: " + allowed
                                + (allowed.equals("0") ? ", but this user may all the same)" : ")"))
                : Finding.hint("real-time rights",
                        "no thread may go before other programs, so a busy machine delays notes (limit of the priority: "
                                + allowed
                                + ")",
                        RIGHTS);
    }

    private static Finding memory(String bytes) {
        boolean enough = bytes.equals("unlimited") || Long.parseLong(bytes) >= MEMLOCK_BYTES;
        String shown = bytes.equals("unlimited") ? bytes : (Long.parseLong(bytes) >> 20) + " MB";
        return enough
                ? Finding.good("locked memory", "a JACK client may lock its memory (" + shown + ")")
                : Finding.hint("locked memory", "a JACK client may lock only " + shown + ", and may be paged out in a song",
                        RIGHTS);
    }

    private Optional<String> limit(String name) {
        return read("proc/self/limits").flatMap(text -> text.lines().filter(line -> line.startsWith(name)).findFirst())
                .map(line -> line.substring(name.length()).strip().split("\\s+", -1)[0]);
    }

    private Optional<Finding> governors() {
        TreeSet<String> governors = new TreeSet<>();
        for (int cpu = 0; cpu < cores; cpu++) {
            read("sys/devices/system/cpu/cpu" + cpu + "/cpufreq/scaling_governor").map(String::strip).ifPresent(governors::add);
        }
        if (governors.isEmpty()) {
            return Optional.empty(); // a virtual machine has none
        }
        String all = String.join(", ", governors);
        return Optional.of(all.equals("performance")
                ? Finding.good("processor speed", "always full (governor performance)")
                : Finding.hint("processor speed", "lowered when there is little to do (governor " + all
                        + "): waking takes longer", "`sudo cpupower frequency-set -g performance` before the show"));
    }

    private Optional<Finding> load() {
        return read("proc/loadavg").map(text -> Double.parseDouble(text.strip().split(" ", -1)[0])).map(load -> {
            String what = "%d cores, %.1f programs want to run".formatted(cores, load);
            return (load <= cores
                    ? Finding.good("load", what)
                    : Finding.hint("load", what + ": they wait for each other", "end what you do not need: see `top`"))
                    .with(Map.of("cores", cores, "load", load));
        });
    }

    private Optional<String> read(String file) {
        Path path = root.resolve(file);
        if (!Files.isReadable(path)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(path)) {
            return Optional.of(String.join("\n", lines.toList()));
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
