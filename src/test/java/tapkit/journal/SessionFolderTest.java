package tapkit.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.UserError;

/** Where sessions are, which one is meant, and which are removed. */
class SessionFolderTest {
    private static final LocalDateTime NOON = LocalDateTime.of(2026, 5, 4, 12, 0);

    @TempDir
    private Path temporary;
    private SessionFolder folder;

    @BeforeEach
    void open() {
        folder = new SessionFolder(temporary.resolve("state").resolve("sessions"));
    }

    private Path session(int minute) throws IOException {
        Path file = folder.newFile(NOON.plusMinutes(minute));
        return Files.write(file, new byte[100]);
    }

    private List<String> names() {
        return folder.sessions().stream().map(file -> file.getFileName().toString()).toList();
    }

    @Test
    void shouldFollowEachSystemsCustom() {
        assertThat(SessionFolder.usual("Linux", "/home/ann", Map.of()).path())
                .isEqualTo(Path.of("/home/ann/.local/state/tapkit/sessions"));
        assertThat(SessionFolder.usual("Linux", "/home/ann", Map.of("XDG_STATE_HOME", "/s")).path())
                .isEqualTo(Path.of("/s/tapkit/sessions"));
        assertThat(SessionFolder.usual("Mac OS X", "/Users/ann", Map.of()).path())
                .isEqualTo(Path.of("/Users/ann/Library/Application Support/tapkit/sessions"));
        assertThat(SessionFolder.usual("Windows 11", "/ann", Map.of("LOCALAPPDATA", "/ann/here")).path())
                .isEqualTo(Path.of("/ann/here/tapkit/sessions"));
    }

    @Test
    void shouldNameSessionsByTheirBeginningAndListTheLatestFirst() throws IOException {
        session(0);
        session(2);
        session(2);
        session(1);
        Files.writeString(folder.path().resolve("notes.txt"), "mine");

        assertThat(names()).containsExactly("2026-05-04T12-02-00.session", "2026-05-04T12-02-00-2.session",
                "2026-05-04T12-01-00.session", "2026-05-04T12-00-00.session");
    }

    @Test
    void shouldFindTheLatestAndThoseThatAreNamed() throws IOException {
        Path first = session(0);
        Path last = session(1);

        assertThat(folder.find(null)).isEqualTo(last);
        assertThat(folder.find("2026-05-04T12-00")).isEqualTo(first);
        assertThat(folder.find("2026-05-04T12-00-00.session")).isEqualTo(first);
        assertThat(folder.find(first.toString())).isEqualTo(first);
        assertThatThrownBy(() -> folder.find("2026")).isInstanceOf(UserError.class).hasMessageContaining("2 sessions");
        assertThatThrownBy(() -> folder.find("1999")).isInstanceOf(UserError.class).hasMessageContaining("--list");
        SessionFolder none = new SessionFolder(temporary.resolve("none"));
        assertThatThrownBy(() -> none.find(null)).isInstanceOf(UserError.class).hasMessageContaining("no session");
    }

    @Test
    void shouldRemoveTheOldestBeyondTheLimits() throws IOException {
        for (int minute = 0; minute < 10; minute++) {
            session(minute);
        }
        folder.tidy(7, Long.MAX_VALUE);
        assertThat(names()).hasSize(7).last().isEqualTo("2026-05-04T12-03-00.session");
        folder.tidy(100, 450);
        assertThat(names()).hasSize(4).last().isEqualTo("2026-05-04T12-06-00.session");
    }

    @Test
    void shouldNeverRemoveWhatIsBeingWrittenNorWhatHasANameOfItsOwn() throws IOException {
        Path running = folder.newFile(NOON);
        Path kept = folder.path().resolve("my best.session");
        Files.write(kept, new byte[100]);
        try (JournalWriter writer = JournalWriter.start(running, Map::of)) {
            assertThat(SessionFolder.isBeingWritten(running)).isTrue();
            Path other = session(1);
            folder.tidy(0, 0);

            assertThat(running).exists();
            assertThat(kept).exists();
            assertThat(other).doesNotExist();
            assertThat(writer.failed()).isFalse();
        }
        assertThat(SessionFolder.isBeingWritten(running)).isFalse();
    }

    @Test
    void shouldSayWhyAFolderCannotBeMade() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "");
        assertThatThrownBy(() -> new SessionFolder(file.resolve("sessions")).newFile(NOON)).isInstanceOf(UserError.class)
                .hasMessageContaining("cannot make the folder");
    }
}
