package tapkit.port;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A program that raises itself, many times while threads of it come and go as the JVM's own do, and prints, for each of its threads,
 * name and real-time priority; then those of its child.
 */
final class RaisedProgram {
    private static final int TIMES = 200;

    private RaisedProgram() {
    }

    public static void main(String[] args) throws Exception {
        AtomicBoolean busy = new AtomicBoolean(true);
        List<Thread> starters = Stream.generate(() -> Thread.ofPlatform().start(() -> startOthers(busy))).limit(2).toList();
        boolean raised = true;
        for (int i = 0; i < TIMES; i++) {
            raised &= RealTime.raiseProgram();
        }
        busy.set(false);
        for (Thread starter : starters) {
            starter.join();
        }
        System.out.println("raised: " + raised);
        Thread.ofPlatform().name("later").start(RaisedProgram::print).join();
        System.out.println("child");
        RealTime.ordinarily(() -> start("sh", "-c", "cat /proc/$$/stat"));
    }

    private static void print(Path thread) {
        try {
            System.out.println(Files.readString(thread.resolve("stat")).strip());
        } catch (IOException e) {
            // it has ended: the JVM's compilers do so when there is little to do
        }
    }

    private static void startOthers(AtomicBoolean busy) {
        try {
            while (busy.get()) {
                Thread.ofPlatform().start(() -> {
                }).join();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void start(String... command) {
        try {
            new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void print() {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                print(thread);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
