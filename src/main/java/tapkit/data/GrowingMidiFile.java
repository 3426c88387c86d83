package tapkit.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import tapkit.OutputFile;
import tapkit.UserError;

/**
 * A Standard MIDI File of one track that grows while it is already a whole file: a reader finds all that was flushed, wherever the
 * writer is killed. A flush goes in three steps, and the file is good after each:
 *
 * <ol>
 * <li>the new events and a new End of Track are appended, where the track's length does not reach yet;
 * <li>the length is raised over them; readers stop at the old End of Track still;
 * <li>one byte turns the old End of Track (00 FF 2F 00) into an empty text event (00 FF 01 00).
 * </ol>
 *
 * Not thread safe.
 */
public final class GrowingMidiFile implements AutoCloseable {
    private static final int FILE_HEADER_BYTES = 14;
    private static final int LENGTH_AT = FILE_HEADER_BYTES + 4;
    private static final int EVENTS_AT = FILE_HEADER_BYTES + 8;
    private static final int END_OF_TRACK_BYTES = 4;
    /** Where in an End of Track its type stands. */
    private static final int META_TYPE = 2;
    private static final byte META_TEXT = 1;

    private final Path file;
    private final FileChannel channel;
    private final TrackEncoder events;
    private long endOfTrackAt;

    private GrowingMidiFile(Path file, FileChannel channel, TrackEncoder events) {
        this.file = file;
        this.channel = channel;
        this.events = events;
    }

    /**
     * Creates the file, or empties one that is there.
     *
     * @param events the track so far; what is added to it is written by {@link #flush}
     * @param tick   of its last event
     * @throws UserError if it cannot be written
     */
    public static GrowingMidiFile create(Path file, int ticksPerBeat, TrackEncoder events, long tick) {
        try {
            byte[] track = events.endOfTrack(tick).take();
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING);
            GrowingMidiFile growing = new GrowingMidiFile(file, channel, events);
            growing.write(0, TrackEncoder.header(0, 1, ticksPerBeat));
            growing.write(FILE_HEADER_BYTES, TrackEncoder.trackHeader(track.length));
            growing.write(EVENTS_AT, track);
            growing.endOfTrackAt = (long) EVENTS_AT + track.length - END_OF_TRACK_BYTES;
            return growing;
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Writes the events that were added since the last time. The last of them is at {@code tick}. */
    public void flush(long tick) {
        if (events.size() == 0) {
            return;
        }
        byte[] more = events.endOfTrack(tick).take();
        long moreAt = endOfTrackAt + END_OF_TRACK_BYTES;
        try {
            write(moreAt, more);
            int length = (int) (moreAt + more.length - EVENTS_AT);
            write(LENGTH_AT, ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
            write(endOfTrackAt + META_TYPE, new byte[]{META_TEXT});
            channel.force(false);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
        endOfTrackAt = moreAt + more.length - END_OF_TRACK_BYTES;
    }

    /** Closes the file; what was not flushed is lost. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private void write(long at, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer, at + buffer.position());
        }
    }

    private static UserError unwritable(Path file, IOException e) {
        String reason = Files.isDirectory(file) ? "it is a folder" : OutputFile.reason(e);
        if (file.toAbsolutePath().getParent() != null && !Files.isDirectory(file.toAbsolutePath().getParent())) {
            reason = "there is no folder " + file.toAbsolutePath().getParent();
        }
        return new UserError("cannot write " + file + ": " + reason + "; choose another place", e);
    }
}
