package tapkit.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Asks the instruments of this user that run on this machine how they fare: the other end of {@link StatusSocket}. */
public final class StatusReader {
    private static final ObjectMapper JSON = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final int LONGEST = 1 << 16;
    private static final long PATIENCE_SECONDS = 3;

    private StatusReader() {
    }

    /** The folders where instruments may be found: the first is where a new one belongs. */
    public static List<Path> folders(Map<String, String> environment) {
        List<Path> folders = new ArrayList<>();
        String runtime = environment.get("XDG_RUNTIME_DIR");
        if (runtime != null && !runtime.isEmpty()) {
            folders.add(Path.of(runtime, "tapkit"));
        }
        folders.add(Path.of(System.getProperty("java.io.tmpdir"), "tapkit-" + System.getProperty("user.name")));
        return folders;
    }

    /**
     * The status of each that runs, the one that was started last first. What is left of one that was killed is removed.
     *
     * @throws IOException if none answers though one is there; says which
     */
    public static List<Status> read(List<Path> folders) throws IOException {
        List<Status> all = new ArrayList<>();
        Optional<IOException> silent = Optional.empty();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.filter(f -> f.toString().endsWith(StatusSocket.ENDING)).toList()) {
                        try {
                            ask(file).ifPresent(all::add);
                        } catch (IOException e) {
                            silent = Optional.of(e);
                        }
                    }
                }
            }
        }
        if (all.isEmpty() && silent.isPresent()) {
            throw silent.get();
        }
        all.sort(Comparator.comparingDouble(Status::upS));
        return all;
    }

    private static Optional<Status> ask(Path file) throws IOException {
        SocketChannel channel;
        try {
            channel = SocketChannel.open(UnixDomainSocketAddress.of(file));
        } catch (IOException e) { // refused: nobody listens
            if (!runs(file)) {
                Files.deleteIfExists(file);
            }
            return Optional.empty();
        }
        try (channel) {
            CompletableFuture<byte[]> answer = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> readAll(channel, answer));
            return Optional.of(JSON.readValue(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS), Status.class));
        } catch (TimeoutException | ExecutionException | JsonProcessingException e) {
            throw new IOException("the tapkit of process " + pid(file) + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static void readAll(SocketChannel channel, CompletableFuture<byte[]> answer) {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // more may come
            }
            answer.complete(Arrays.copyOf(bytes.array(), bytes.position()));
        } catch (IOException e) {
            answer.completeExceptionally(e);
        }
    }

    private static String pid(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - StatusSocket.ENDING.length());
    }

    /** Between making its socket and listening a process refuses too. */
    private static boolean runs(Path file) {
        try {
            return ProcessHandle.of(Long.parseLong(pid(file))).isPresent();
        } catch (NumberFormatException e) {
            return true; // not ours to remove
        }
    }
}
