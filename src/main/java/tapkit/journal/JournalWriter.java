package tapkit.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.tinylog.Logger;
import tapkit.OutputFile;
import tapkit.UserError;

/**
 * Writes a journal, on a thread of its own: a block of what was noted since the last one, ten times a second, so that a program that is
 * killed loses no more; once a second the disk is told to keep it, so that a power cut costs a second. While it writes, the file is
 * locked. When the disk fails this is said once, and what is noted from then on is dropped.
 *
 * <p>{@link #offer} belongs to one thread; everything else may be called from any.
 */
public final class JournalWriter implements RecordSink, AutoCloseable {
    /** Minutes of hard playing. */
    private static final int RING_BYTES = 1 << 20;
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int TURNS_TO_A_FORCE = 10;

    private final Path file;
    private final FileChannel channel;
    private final ByteRing ring;
    private final ByteBuffer block;
    private final Thread thread = Thread.ofPlatform().daemon().name("tapkit-journal").unstarted(this::run);
    private final Supplier<Map<String, String>> fields;
    private boolean begun;
    private boolean unforced;
    private volatile boolean failed;
    private volatile boolean closing;

    private JournalWriter(Path file, FileChannel channel, Supplier<Map<String, String>> fields, int ringBytes) {
        this.file = file;
        this.channel = channel;
        this.fields = fields;
        ring = new ByteRing(ringBytes);
        block = ByteBuffer.allocate(JournalFormat.BLOCK_HEAD_BYTES + ringBytes);
    }

    /**
     * Creates a file, which must not be there yet, and starts to write.
     *
     * @param fields of the header, asked for by the writing thread; keys are without '='
     * @throws UserError if it cannot be written
     */
    public static JournalWriter start(Path file, Supplier<Map<String, String>> fields) {
        JournalWriter writer = open(file, fields, RING_BYTES);
        writer.thread.start();
        return writer;
    }

    static JournalWriter open(Path file, Supplier<Map<String, String>> fields, int ringBytes) {
        try {
            FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    SessionFolder.ownersAlone(file, "rw-------"));
            channel.tryLock(); // where a disk knows no locks it must do without
            return new JournalWriter(file, channel, fields, ringBytes);
        } catch (IOException e) {
            throw new UserError("cannot write " + file + ": " + OutputFile.reason(e), e);
        }
    }

    /** Writes into a file that is there. */
    static JournalWriter openExisting(Path file, Supplier<Map<String, String>> fields, int ringBytes) {
        try {
            return new JournalWriter(file, FileChannel.open(file, StandardOpenOption.WRITE), fields, ringBytes);
        } catch (IOException e) {
            throw new UserError("cannot write " + file + ": " + OutputFile.reason(e), e);
        }
    }

    /** Where it writes. */
    public Path file() {
        return file;
    }

    /** Whether the disk failed, so that the file ends before the session does. */
    public boolean failed() {
        return failed;
    }

    @Override
    public boolean offer(byte[] bytes, int length) {
        return ring.offer(bytes, length);
    }

    private void run() {
        for (int turn = 0; !closing; turn++) {
            turn(turn % TURNS_TO_A_FORCE == 0);
            LockSupport.parkNanos(TURN_NANOS);
        }
    }

    /** Writes what was noted since the last turn. */
    void turn(boolean force) {
        int length = ring.drain(block.array(), JournalFormat.BLOCK_HEAD_BYTES);
        if (failed) {
            return;
        }
        try {
            if (!begun) {
                begun = true;
                write(ByteBuffer.wrap(JournalFormat.header(fields.get())));
            }
            if (length > 0) {
                byte[] bytes = block.array();
                block.clear().putInt(length).putInt(JournalFormat.crc(bytes, JournalFormat.BLOCK_HEAD_BYTES, length));
                write(block.position(0).limit(JournalFormat.BLOCK_HEAD_BYTES + length));
                unforced = true;
            }
            if (force && unforced) {
                unforced = false;
                channel.force(false);
            }
        } catch (IOException e) {
            failed = true;
            Logger.error(
                    "The session is not kept any more: cannot write {}: {}; the groove goes on, and what came before is there",
                    file, OutputFile.reason(e));
        }
    }

    private void write(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Writes the rest. Calling it again does nothing. */
    @Override
    public synchronized void close() {
        if (closing) {
            return;
        }
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
            turn(true);
            channel.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            Logger.error("While closing {}: {}", file, OutputFile.reason(e));
        }
    }

    /** Ends, and removes the file: nothing was played. */
    public void discard() {
        close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            Logger.warn("Cannot remove {}: {}", file, OutputFile.reason(e));
        }
    }
}
