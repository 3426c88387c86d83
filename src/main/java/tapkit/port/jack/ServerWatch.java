package tapkit.port.jack;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Waits for a server to be started: a server that comes makes files in the folder where its clients look for it. Nobody says when it is
 * ready for them, so for some seconds after that it is worth trying often.
 */
final class ServerWatch implements AutoCloseable {
    private static final long EAGER_NANOS = TimeUnit.SECONDS.toNanos(8);
    private static final long EAGER_MILLIS = 200;
    /** For a server whose files are elsewhere, and for a folder that cannot be watched. */
    private static final long IDLE_MILLIS = 10_000;

    private final WatchService watch;
    private long eagerUntilNanos = System.nanoTime() + EAGER_NANOS;

    ServerWatch() {
        try {
            watch = FileSystems.getDefault().newWatchService();
            for (Path folder : folders()) {
                folder.register(watch, ENTRY_CREATE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where jackd puts its files, and where PipeWire does. */
    private static List<Path> folders() {
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        return Stream.of("/dev/shm", runtime == null ? "" : runtime).filter(folder -> !folder.isEmpty()).map(Path::of)
                .filter(Files::isDirectory).toList();
    }

    /** Waits until another try is worth its while. */
    void await() throws InterruptedException {
        WatchKey key = watch.poll(System.nanoTime() < eagerUntilNanos ? EAGER_MILLIS : IDLE_MILLIS, TimeUnit.MILLISECONDS);
        if (key != null) {
            if (key.pollEvents().stream().anyMatch(event -> String.valueOf(event.context()).matches("(jack|pipewire).*"))) {
                eagerUntilNanos = System.nanoTime() + EAGER_NANOS;
            }
            key.reset();
        }
    }

    @Override
    public void close() {
        try {
            watch.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
