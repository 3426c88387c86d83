package tapkit.port;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that raises itself and prints, for each of its threads, name and real-time priority; then those of its child. */
final class RaisedProgram {
    private RaisedProgram() {
    }

    public static void main(String[] args) throws Exception {
        System.out.println("raised: " + RealTime.raiseProgram());
        Thread.ofPlatform().name("later").start(RaisedProgram::print).join();
        System.out.println("child");
        RealTime.ordinarily(() -> start("sh", "-c", "cat /proc/$$/stat"));
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
                System.out.println(Files.readString(thread.resolve("stat")).strip());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
