package tapkit.port.javasound;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tinylog.Logger;

/** Learns from the operating system when a device is plugged in or pulled out; nothing is looked for without a reason. */
@FunctionalInterface
public interface DeviceWatch {
    /** Nobody tells; a device that is plugged in again needs a new start. */
    DeviceWatch NONE = listener -> () -> {
    };

    /** What is told. */
    @FunctionalInterface
    interface Listener {
        /** @param pulled which names belong to devices that have gone, even if they are there again */
        void changed(Predicate<String> pulled);
    }

    /** Stops telling. */
    @FunctionalInterface
    interface Watching extends AutoCloseable {
        @Override
        void close();
    }

    /** From now on the listener is told, on a thread that may do as it likes. */
    Watching start(Listener listener);

    /**
     * Linux makes a file for each device, {@code midiC1D0} for the first of card 1, which Java knows as {@code [hw:1,0]}, and removes
     * it when the device is pulled.
     *
     * @param folder usually {@code /dev/snd}
     */
    static DeviceWatch folder(Path folder) {
        return listener -> {
            if (!Files.isDirectory(folder)) {
                return () -> {
                };
            }
            try {
                WatchService watch = FileSystems.getDefault().newWatchService();
                folder.register(watch, ENTRY_CREATE, ENTRY_DELETE);
                Thread thread = Thread.ofPlatform().name("tapkit-devices").daemon()
                        .start(() -> FolderWatch.run(watch, listener));
                return thread::interrupt;
            } catch (IOException e) {
                Logger.warn("{} cannot be watched ({}): a device that is plugged in again will not be found", folder,
                        e.getMessage());
                return () -> {
                };
            }
        };
    }

    /** The thread that waits for files to come and go. */
    final class FolderWatch {
        /** One device makes several files, and may only be used when the last of them has got its rights. */
        private static final long SETTLE_MILLIS = 300;
        private static final Pattern DEVICE = Pattern.compile("midiC(\\d+)D\\d+");

        private FolderWatch() {
        }

        private static void run(WatchService watch, Listener listener) {
            try (watch) {
                while (true) {
                    Set<String> pulled = new HashSet<>();
                    boolean changed = false;
                    for (WatchKey key = watch.take(); key != null; key = watch.poll(SETTLE_MILLIS, TimeUnit.MILLISECONDS)) {
                        for (WatchEvent<?> event : key.pollEvents()) {
                            Matcher device = DEVICE.matcher(String.valueOf(event.context()));
                            if (device.matches()) {
                                changed = true;
                                if (event.kind().equals(ENTRY_DELETE)) {
                                    pulled.add("[hw:" + device.group(1) + ",");
                                }
                            }
                        }
                        key.reset();
                    }
                    if (changed) {
                        listener.changed(name -> pulled.stream().anyMatch(name::contains));
                    }
                }
            } catch (InterruptedException e) {
                // The session is being closed.
            } catch (IOException | RuntimeException e) {
                Logger.error(e, "From now on a device that is plugged in again will not be found");
            }
        }
    }
}
