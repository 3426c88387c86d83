package tapkit.listen;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tapkit.OutputFile;
import tapkit.UserError;

/**
 * Answers as CSV, one row each, on the disk before the listener goes on. A row that a crash cut off is dropped, everything else in
 * the file stays. One program at a time may write it. Not thread safe.
 */
final class AnswerFile implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final List<Answer> answers;

    private AnswerFile(Path file, FileChannel channel, List<Answer> answers) {
        this.file = file;
        this.channel = channel;
        this.answers = answers;
    }

    /** Opens the file to append to it, or makes it. */
    static AnswerFile open(Path file) {
        try {
            boolean isNew = Files.notExists(file);
            List<Answer> answers = new ArrayList<>(isNew ? List.of() : read(file));
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            AnswerFile opened = new AnswerFile(file, channel, answers);
            opened.lock();
            channel.truncate(wholeRows(Files.readAllBytes(file)));
            channel.position(channel.size());
            if (channel.size() == 0) {
                opened.write(Answer.HEADER);
            }
            return opened;
        } catch (IOException e) {
            throw new UserError("cannot write " + file + ": " + OutputFile.reason(e) + "; choose another with --answers", e);
        }
    }

    /** What is in a file; a last row that is cut off does not count. */
    static List<Answer> read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UserError("cannot read " + file + ": " + OutputFile.reason(e) + "; name a file of answers", e);
        }
        List<String> lines = new String(bytes, 0, wholeRows(bytes), StandardCharsets.UTF_8).lines().toList();
        if (!lines.isEmpty() && !lines.getFirst().equals(Answer.HEADER)) {
            throw new UserError(file + " is no file of answers: its first line is not " + Answer.HEADER);
        }
        List<Answer> answers = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            try {
                answers.add(Answer.parse(lines.get(i)));
            } catch (IllegalArgumentException e) {
                throw new UserError(file + ", line " + (i + 1) + ": " + e.getMessage() + "; mend or remove the line", e);
            }
        }
        return answers;
    }

    List<Answer> answers() {
        return List.copyOf(answers);
    }

    void append(Answer answer) {
        try {
            write(answer.csv());
        } catch (IOException e) {
            throw new UserError("cannot write " + file + ": " + OutputFile.reason(e) + "; the last answer is lost", e);
        }
        answers.add(answer);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UserError("cannot close " + file + ": " + OutputFile.reason(e), e);
        }
    }

    private void lock() throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // held by this very program: the same as by another
        }
        channel.close();
        throw new UserError(file + " is in use by another tapkit; end that one, or choose another file with --answers");
    }

    private void write(String line) throws IOException {
        ByteBuffer row = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (row.hasRemaining()) {
            channel.write(row);
        }
        channel.force(true);
    }

    private static int wholeRows(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }
}
