package tapkit;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Files that are whole or not there: the bytes go to a temporary file beside the target, which then takes its place. Failures are
 * {@link UserError}s that name the file.
 */
public final class OutputFile {
    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static final String PART = ".part";

    private OutputFile() {
    }

    public static void write(Path file, byte[] bytes) {
        write(file, out -> out.write(bytes));
    }

    /** Fails as {@link #write} would, before the work whose result is to be written. Only a full disk can still come between. */
    public static void requireWritable(Path file) {
        Path target = file.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new UserError("cannot write " + file + ": it is a folder; name a file in it");
        }
        if (!Files.isDirectory(target.getParent())) {
            throw new UserError("cannot write " + file + ": there is no folder " + target.getParent() + "; create it first");
        }
        if (Files.exists(target) && !Files.isWritable(target)) {
            throw new UserError("cannot write " + file + ": permission denied; choose another file");
        }
        if (!Files.exists(target) && !Files.isWritable(target.getParent())) {
            throw new UserError(
                    "cannot write " + file + ": permission denied in " + target.getParent() + "; choose another folder");
        }
    }

    public static void write(Path file, Content content) {
        requireWritable(file);
        Path target = file.toAbsolutePath();
        try {
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                writeInto(target, content); // a device or a pipe: a file moved onto it would replace it
            } else {
                // A symbolic link stays; the file that it names is replaced.
                replace(Files.exists(target) ? target.toRealPath() : target, content);
            }
        } catch (IOException e) {
            throw new UserError("cannot write " + file + ": " + reason(e) + "; choose another place", e);
        }
    }

    /** Removes what a process that was killed left of writing this file. Nobody may be writing it. */
    public static void removeLeftovers(Path file) {
        Path target = file.toAbsolutePath();
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(target.getParent(),
                part -> part.getFileName().toString().startsWith(partPrefix(target))
                        && part.getFileName().toString().endsWith(PART))) {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UserError("cannot tidy up beside " + file + ": " + reason(e) + "; check the folder's permissions", e);
        }
    }

    /** The system's reason for a failure, without the name of the exception or of the file. */
    public static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileSystemException other && other.getReason() != null) {
            return other.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static void replace(Path target, Content content) throws IOException {
        Path part = Files.createTempFile(target.getParent(), partPrefix(target), PART);
        try {
            writeInto(part, content);
            if (part.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                // Temporary files are their owner's alone; the result gets what the old file had, or what is usual.
                Files.setPosixFilePermissions(part, Files.exists(target)
                        ? Files.getPosixFilePermissions(target)
                        : PosixFilePermissions.fromString("rw-r--r--"));
            }
            try {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static String partPrefix(Path target) {
        return "." + target.getFileName() + ".";
    }

    private static void writeInto(Path file, Content content) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            content.writeTo(out);
        }
    }
}
