package tapkit.port.jack;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerWatchTest {
    /** As where other programs have used up all that the user may watch: then a server is looked for now and then. */
    @Test
    void shouldDoWithoutAFolderThatCannotBeWatched(@TempDir Path there) {
        assertThatCode(() -> {
            try (ServerWatch watch = new ServerWatch(List.of(there, there.resolve("not there")))) {
                watch.await();
            }
        }).doesNotThrowAnyException();
    }
}
