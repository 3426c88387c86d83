package tapkit.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;
import org.tinylog.Logger;

/**
 * Tells other processes of the same user how the instrument fares: a Unix domain socket {@code PID.sock} in a folder that only the
 * user may enter. Whoever connects is sent one JSON document, a {@link Status}, and the connection ends. {@link StatusReader} reads it.
 * What it tells is read from snapshots, on a thread of its own.
 */
public final class StatusSocket implements AutoCloseable {
    static final String ENDING = ".sock";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServerSocketChannel server;
    private final Path file;
    private final Supplier<Status> status;
    private final Thread thread = new Thread(this::run, "tapkit-status");

    private StatusSocket(ServerSocketChannel server, Path file, Supplier<Status> status) {
        this.server = server;
        this.file = file;
        this.status = status;
        thread.setDaemon(true);
    }

    /**
     * Answers from now on.
     *
     * @param folder is made if it is not there, and made the user's own
     * @param status asked by one thread, for each connection
     * @throws IOException if the folder is not the user's, or the system has no such sockets
     */
    public static StatusSocket open(Path folder, Supplier<Status> status) throws IOException {
        Files.createDirectories(folder);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(folder + " is a link");
        }
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) { // fails where the folder is somebody else's
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        Path file = folder.resolve(ProcessHandle.current().pid() + ENDING);
        Files.deleteIfExists(file); // of a process that had the same number
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(file));
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        StatusSocket socket = new StatusSocket(server, file, status);
        socket.thread.start();
        return socket;
    }

    private void run() {
        while (true) {
            try (SocketChannel asker = server.accept()) {
                ByteBuffer document = ByteBuffer.wrap((json(status.get()) + "\n").getBytes(StandardCharsets.UTF_8));
                while (document.hasRemaining()) {
                    asker.write(document);
                }
            } catch (ClosedChannelException e) {
                if (!server.isOpen()) {
                    return;
                }
            } catch (IOException | RuntimeException e) { // whoever asked has gone: no harm to the next
                Logger.debug("Status: {}", e.getMessage());
            }
        }
    }

    /** As {@link StatusReader} reads it, in one line. */
    static String json(Status status) throws JsonProcessingException {
        return JSON.writeValueAsString(status);
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(file);
    }
}
