package tapkit.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tinylog.Logger;
import tapkit.OutputFile;
import tapkit.UserError;

/** The folder in which sessions are kept, one file each, named by when they began. */
public record SessionFolder(Path path) {
    /** What a session's file ends with. */
    public static final String SUFFIX = ".session";
    /** So many sessions are kept. */
    public static final int MOST_SESSIONS = 200;
    /** So large are all of them together at most. */
    public static final long MOST_BYTES = 500_000_000;

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss");
    /** Only what is named like this is ever removed. */
    private static final Pattern STAMPED = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d(-\\d+)?\\.session");

    /** Where sessions are kept unless it is said otherwise: where the system keeps what programs remember. */
    public static SessionFolder usual() {
        return usual(System.getProperty("os.name"), System.getProperty("user.home"), System.getenv());
    }

    static SessionFolder usual(String system, String home, Map<String, String> environment) {
        String name = system.toLowerCase(Locale.ROOT);
        Path base;
        if (name.startsWith("windows")) {
            base = folder(environment, "LOCALAPPDATA", Path.of(home, "AppData", "Local"));
        } else if (name.startsWith("mac")) {
            base = Path.of(home, "Library", "Application Support");
        } else {
            base = folder(environment, "XDG_STATE_HOME", Path.of(home, ".local", "state"));
        }
        return new SessionFolder(base.resolve("tapkit").resolve("sessions"));
    }

    private static Path folder(Map<String, String> environment, String variable, Path otherwise) {
        String value = environment.get(variable);
        return value == null || value.isEmpty() ? otherwise : Path.of(value);
    }

    /**
     * A file for a session that begins now; the folder is made if it is not there.
     *
     * @throws UserError if it cannot be made
     */
    public Path newFile(LocalDateTime now) {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path.toAbsolutePath().getParent());
                Files.createDirectory(path, ownersAlone(path, "rwx------"));
            }
        } catch (IOException e) {
            throw new UserError("cannot make the folder " + path + ": " + OutputFile.reason(e), e);
        }
        String stamp = now.format(STAMP);
        Path file = path.resolve(stamp + SUFFIX);
        for (int n = 2; Files.exists(file); n++) { // two were started in one second
            file = path.resolve(stamp + "-" + n + SUFFIX);
        }
        return file;
    }

    /** All sessions, the latest first. */
    public List<Path> sessions() {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).filter(Files::isRegularFile)
                    .sorted(Comparator.comparing((Path file) -> file.getFileName().toString()).reversed()).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * The file of a session.
     *
     * @param name a file; or the name of a file in this folder, with or without its ending; or its beginning, such as a date, if no other
     *             begins so; null: the latest
     * @throws UserError if there is none
     */
    public Path find(String name) {
        List<Path> all = sessions();
        if (name == null) {
            return all.stream().findFirst().orElseThrow(() -> new UserError(
                    "there is no session in " + path + "; tapkit play keeps each one there, or name a file"));
        }
        if (Files.exists(Path.of(name)) || name.contains("/")) {
            return Path.of(name);
        }
        List<Path> named = all.stream().filter(file -> file.getFileName().toString().startsWith(name)).toList();
        for (Path file : named) {
            if (file.getFileName().toString().equals(name) || file.getFileName().toString().equals(name + SUFFIX)) {
                return file;
            }
        }
        if (named.size() == 1) {
            return named.getFirst();
        }
        throw new UserError(named.isEmpty()
                ? "there is no session " + name + ", here or in " + path + "; tapkit replay --list names those that there are"
                : named.size() + " sessions begin with " + name + ", such as " + named.getFirst().getFileName()
                        + "; name one of them");
    }

    /** Removes the oldest sessions that are too many or too much; never one that is being written, nor what is named otherwise. */
    public void tidy() {
        tidy(MOST_SESSIONS, MOST_BYTES);
    }

    void tidy(int mostSessions, long mostBytes) {
        List<Path> kept = new ArrayList<>(sessions().stream().filter(f -> STAMPED.matcher(f.getFileName().toString()).matches())
                .toList());
        long bytes = kept.stream().mapToLong(SessionFolder::size).sum();
        int count = kept.size();
        for (Path oldest : kept.reversed()) {
            if (count <= mostSessions && bytes <= mostBytes) {
                return;
            }
            long size = size(oldest);
            if (removed(oldest)) {
                count--;
                bytes -= size;
            }
        }
    }

    private static boolean removed(Path file) {
        if (isBeingWritten(file)) {
            return false;
        }
        try {
            Files.delete(file);
            return true;
        } catch (IOException e) {
            Logger.warn("Cannot remove the old session {}: {}", file, OutputFile.reason(e));
            return false;
        }
    }

    /**
     * Whether a session goes on in this file. Not to be asked by the program that writes it: POSIX takes a process's lock away when that
     * process closes any of its own handles of the file.
     */
    public static boolean isBeingWritten(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE); FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true; // by this very program
        } catch (IOException e) {
            return false; // not ours to write, so nobody here does
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Permissions for a new file or folder, where the disk knows them: what somebody played is nobody else's business. */
    static FileAttribute<?>[] ownersAlone(Path file, String permissions) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[]{};
    }
}
