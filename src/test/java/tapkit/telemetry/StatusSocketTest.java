package tapkit.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusSocketTest {
    private static final long PID = ProcessHandle.current().pid();
    private static final Status STATUS = new Status(PID, 1.5, true, "loop", "B", 12L, 3, 96.5,
            new Status.Clock("internal", true), new Status.Ports("JACK", "away", "nano is unplugged", 5, 1, 2, 3), 41, 4, 180,
            12, 1,
            2, 0, 0.7, new Status.Quantiles(3, 0.1, 0.2, 0.3), new Status.Quantiles(0, 0, 0, 0), "tap2drum",
            new Status.Recording(null, "armed"), "http://127.0.0.1:8765/", null, Map.of("temperature", 0.5, "mode", "loop"));

    @TempDir
    private Path folder;

    private Path sockets() {
        return folder.resolve("run").resolve("tapkit");
    }

    private List<Status> read() throws IOException {
        return StatusReader.read(List.of(folder.resolve("none"), sockets()));
    }

    @Test
    void shouldTellHowItFaresAsOftenAsAsked() throws Exception {
        try (StatusSocket socket = StatusSocket.open(sockets(), () -> STATUS)) {
            assertThat(socket).isNotNull();
            assertThat(read()).containsExactly(STATUS);
            assertThat(read()).containsExactly(STATUS);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sockets()))).isEqualTo("rwx------");
        }
        assertThat(read()).isEmpty();
        assertThat(sockets()).isEmptyDirectory();
    }

    @Test
    void shouldSpeakSnakeCase() throws Exception {
        assertThat(StatusSocket.json(STATUS)).contains("\"up_s\":1.5").contains("\"inference_ms\":0.7")
                .contains("\"p99_ms\":0.2").contains("\"xruns_by_tapkit\":1");
    }

    @Test
    void shouldAnswerOthersWhileOneDoesNotReadAndAfterOneHasGone() throws Exception {
        try (StatusSocket socket = StatusSocket.open(sockets(), () -> STATUS);
                SocketChannel idle = SocketChannel.open(address())) {
            assertThat(socket).isNotNull();
            SocketChannel.open(address()).close();
            assertThat(read()).containsExactly(STATUS);
            assertThat(idle.isOpen()).isTrue();
        }
    }

    @Test
    void shouldAnswerAfterAFailure() throws Exception {
        boolean[] failed = new boolean[1];
        try (StatusSocket socket = StatusSocket.open(sockets(), () -> {
            if (!failed[0]) {
                failed[0] = true;
                throw new IllegalStateException("no");
            }
            return STATUS;
        })) {
            assertThat(socket).isNotNull();
            assertThatThrownBy(this::read).isInstanceOf(IOException.class).hasMessageContaining("" + PID);
            assertThat(read()).containsExactly(STATUS);
        }
    }

    /** As one that was stopped with Ctrl-Z: the one that plays is to be seen all the same. */
    @Test
    void shouldTellOfTheOthersWhereOneDoesNotAnswer() throws Exception {
        try (StatusSocket socket = StatusSocket.open(sockets(), () -> STATUS);
                ServerSocketChannel ill = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            assertThat(socket).isNotNull();
            ill.bind(UnixDomainSocketAddress.of(sockets().resolve("1" + StatusSocket.ENDING)));
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    ill.accept().close();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(read()).containsExactly(STATUS);
        }
    }

    @Test
    void shouldRemoveWhatAKilledOneLeftButNothingElse() throws Exception {
        Files.createDirectories(sockets());
        Path gone = sockets().resolve("999999999.sock"); // beyond the numbers that Linux gives
        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(gone)).close();
        Path other = Files.createFile(sockets().resolve("other.sock"));

        assertThat(read()).isEmpty();
        assertThat(gone).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void shouldTakeTheSocketOfAnEarlierProcessOfItsNumber() throws Exception {
        Files.createDirectories(sockets());
        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address()).close();

        try (StatusSocket socket = StatusSocket.open(sockets(), () -> STATUS)) {
            assertThat(socket).isNotNull();
            assertThat(read()).containsExactly(STATUS);
        }
    }

    @Test
    void shouldNotFollowALinkThatSomebodyLaid() throws Exception {
        Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("elsewhere")));

        assertThatThrownBy(() -> StatusSocket.open(folder.resolve("link"), () -> STATUS)).isInstanceOf(IOException.class);
        assertThat(folder.resolve("elsewhere")).isEmptyDirectory();
    }

    @Test
    void shouldBeWhereTheSystemKeepsWhatRuns() {
        assertThat(StatusReader.folders(Map.of("XDG_RUNTIME_DIR", "/run/user/1000")).getFirst())
                .isEqualTo(Path.of("/run/user/1000/tapkit"));
        assertThat(StatusReader.folders(Map.of())).hasSize(1).first().asString()
                .startsWith(System.getProperty("java.io.tmpdir")).contains(System.getProperty("user.name"));
    }

    private UnixDomainSocketAddress address() {
        return UnixDomainSocketAddress.of(sockets().resolve(PID + StatusSocket.ENDING));
    }
}
