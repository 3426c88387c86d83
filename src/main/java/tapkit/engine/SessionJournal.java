package tapkit.engine;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.tinylog.Logger;
import tapkit.UserError;
import tapkit.journal.JournalWriter;
import tapkit.journal.RecordSink;
import tapkit.journal.SessionFolder;

/**
 * The journal of a session that is played: a file in a folder of sessions, from which the oldest are removed. One can play without:
 * whatever is wrong is said once. To be closed after the engine.
 */
public final class SessionJournal implements AutoCloseable {
    private final JournalWriter writer;
    private final Engine engine;

    private SessionJournal(JournalWriter writer, Engine engine) {
        this.writer = writer;
        this.engine = engine;
    }

    /**
     * Begins one; empty, and said why, if that cannot be.
     *
     * @param fields of the header; asked for by the writing thread
     */
    public static Optional<SessionJournal> start(SessionFolder folder, LocalDateTime now, Engine engine,
            Supplier<Map<String, String>> fields) {
        try {
            Path file = folder.newFile(now);
            folder.tidy(); // before there is a file of ours: to look at it would end its lock
            return Optional.of(new SessionJournal(JournalWriter.start(file, fields), engine));
        } catch (UserError e) {
            Logger.warn(
                    "This session will not be kept, so that it cannot be replayed: {}; choose a folder with --journal, or --no-journal",
                    e.getMessage());
            return Optional.empty();
        }
    }

    /** Takes the engine's records. */
    public RecordSink sink() {
        return writer;
    }

    public Path file() {
        return writer.file();
    }

    /** Ends it; one in which nothing was played is removed. */
    @Override
    public void close() {
        if (engine.heardAnything()) {
            writer.close();
        } else {
            writer.discard();
        }
        if (engine.unnoted() > 0) {
            Logger.warn("{} can be replayed up to where the disk was too slow: {} records found no room", writer.file(),
                    engine.unnoted());
        }
    }
}
