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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.tinylog.Logger;

/**
 * Waits for a server to be started: a server that comes makes files in the folder where its clients look for it. Nobody says when it is
 * ready for them, so for some seconds after that it is worth trying often.
 */
final class ServerWatch implements AutoCloseable {
    private static final long EAGER_NANOS = TimeUnit.SECONDS.toNanos(8);
    private static final long EAGER_MILLIS = 200;
    /** For a server whose files are elsewhere, and for a folder that cannot be watched. */
    private static final long IDLE_MILLIS = 10_000;

    /** Empty where it cannot be had: a user may watch only so many folders at a time, with all programs. */
    private final Optional<WatchService> watch;
    private long eagerUntilNanos = System.nanoTime() + EAGER_NANOS;

    ServerWatch() {
        this(folders());
    }

    ServerWatch(List<Path> folders) {
        watch = watch(folders);
    }

    private static Optional<WatchService> watch(List<Path> folders) {
        try {
            WatchService watch = FileSystems.getDefault().newWatchService();
            try {
                for (Path folder : folders) {
                    folder.register(watch, ENTRY_CREATE);
                }
                return Optional.of(watch);
            } catch (IOException e) {
                watch.close();
                throw e;
            }
        } catch (IOException e) {
            Logger.warn("A JACK server that comes back is seen up to {} s later, because its folder cannot be watched: {}",
                    IDLE_MILLIS / 1000, e.getMessage());
            return Optional.empty();
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
        long millis = System.nanoTime() < eagerUntilNanos ? EAGER_MILLIS : IDLE_MILLIS;
        if (watch.isEmpty()) {
            Thread.sleep(millis);
            return;
        }
        WatchKey key = watch.get().poll(millis, TimeUnit.MILLISECONDS);
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
            if (watch.isPresent()) {
                watch.get().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
