package tapkit.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tapkit.UserError;

/** Runs {@link SleepLoop} in a process of its own. */
final class FloorPlayer implements AutoCloseable {
    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-Xms16m", "-Xmx64m", "-XX:-UsePerfData",
            "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED");

    private final Process process;
    private final BufferedReader lines;
    private final boolean realTime;

    /** Starts it and waits until it is warm. */
    FloorPlayer() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SMALL);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SleepLoop.class.getName()));
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        lines = process.inputReader(StandardCharsets.US_ASCII);
        String ready = lines.readLine();
        if (ready == null) {
            throw new UserError("the clock_nanosleep loop did not start");
        }
        realTime = ready.endsWith("true");
    }

    /** Whether it runs under SCHED_FIFO. */
    boolean realTime() {
        return realTime;
    }

    /** Begins; returns at once. */
    void play(Timetable timetable) throws IOException {
        try (Writer order = process.outputWriter(StandardCharsets.US_ASCII)) {
            order.write(timetable.firstNanos() + " " + timetable.intervalNanos() + " " + timetable.events() + "\n");
        }
    }

    /** Waits for the end: how late each event was. */
    Punctuality await() throws IOException {
        return Punctuality.of(lines.lines().mapToLong(Long::parseLong).toArray());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(3, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
