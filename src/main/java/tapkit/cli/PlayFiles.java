package tapkit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import tapkit.OutputFile;
import tapkit.UserError;

/** Where {@code tapkit play} reads and writes when it is not told. */
final class PlayFiles {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss");

    private PlayFiles() {
    }

    /** The file of bindings that is read and written where none is named. */
    static Path usualBindings() {
        String config = System.getenv("XDG_CONFIG_HOME");
        Path home = config == null || config.isEmpty() ? Path.of(System.getProperty("user.home"), ".config") : Path.of(config);
        return home.resolve("tapkit").resolve("bindings");
    }

    /** A new file in the folder of sessions, which is made if it is not there. */
    static Path newRecording() {
        String data = System.getenv("XDG_DATA_HOME");
        Path home = data == null || data.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "share")
                : Path.of(data);
        Path folder = home.resolve("tapkit").resolve("sessions");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UserError("cannot record to " + folder + ": " + OutputFile.reason(e)
                    + "; choose a file with --record, or --no-record", e);
        }
        return newFile(folder, ".mid");
    }

    /** A file of the folder that is named by the time and is not there yet. */
    static Path newFile(Path folder, String suffix) {
        String stamp = LocalDateTime.now(ZoneId.systemDefault()).format(STAMP);
        Path file = folder.resolve(stamp + suffix);
        for (int n = 2; Files.exists(file); n++) { // two of one second
            file = folder.resolve(stamp + "-" + n + suffix);
        }
        return file;
    }
}
