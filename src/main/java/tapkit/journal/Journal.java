package tapkit.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import tapkit.OutputFile;
import tapkit.UserError;

/** A journal that was read. Immutable, but for the bytes, which nobody changes. */
public final class Journal {
    private static final long MOST_BYTES = 1L << 30;

    private final Path file;
    private final Map<String, String> fields;
    private final byte[] records;
    private final Optional<String> tail;
    private final Optional<String> damage;

    /**
     * @param file    where from
     * @param fields  of the header
     * @param records all of them, one after the other, to the end or to where the file is damaged
     * @param tail    what is wrong with the end of the file, in words, if it was cut off there
     * @param damage  what is wrong in the midst of the file, in words: there is more behind, but nothing can be made of it
     */
    public Journal(Path file, Map<String, String> fields, byte[] records, Optional<String> tail, Optional<String> damage) {
        this.file = file;
        this.fields = Map.copyOf(fields);
        this.records = records;
        this.tail = tail;
        this.damage = damage;
    }

    /**
     * Reads a file.
     *
     * @throws UserError if it cannot be read, is no journal, is of a later version, or its header is damaged
     */
    public static Journal read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new UserError(file + ": larger than 1 GB, so it is no session of tapkit");
            }
            return read(file, Files.readAllBytes(file));
        } catch (IOException e) {
            String reason = Files.isDirectory(file) ? "it is a folder" : OutputFile.reason(e);
            throw new UserError(
                    "cannot read " + file + ": " + reason + "; tapkit replay --list names the sessions that there are", e);
        }
    }

    private static Journal read(Path file, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int magic = JournalFormat.MAGIC.length;
        if (bytes.length < magic || !Arrays.equals(bytes, 0, magic, JournalFormat.MAGIC, 0, magic)) {
            throw new UserError(file + ": no session of tapkit; name one that tapkit play wrote (tapkit replay --list)");
        }
        if (bytes.length < JournalFormat.HEADER_AT + JournalFormat.BLOCK_HEAD_BYTES) {
            throw new UserError(file + ": ends within its header, at byte " + bytes.length + "; nothing was kept in it");
        }
        int version = in.position(magic).getShort() & 0xFFFF;
        if (version != JournalFormat.VERSION) {
            throw new UserError(file + ": of format " + version + ", and this tapkit reads format " + JournalFormat.VERSION
                    + "; use the tapkit that wrote it, or a later one");
        }
        int headerLength = in.getInt();
        int headerCrc = in.getInt();
        if (headerLength < 0 || headerLength > in.remaining()) {
            throw new UserError(file + ": ends within its header, at byte " + bytes.length + "; nothing was kept in it");
        }
        if (JournalFormat.crc(bytes, in.position(), headerLength) != headerCrc) {
            throw new UserError(file + ": the header is damaged (byte " + in.position() + " on); take a copy that is whole");
        }
        Map<String, String> fields = JournalFormat
                .fields(new String(bytes, in.position(), headerLength, StandardCharsets.UTF_8));
        in.position(in.position() + headerLength);
        byte[] records = new byte[in.remaining()];
        int size = 0;
        Optional<String> tail = Optional.empty();
        Optional<String> damage = Optional.empty();
        while (in.hasRemaining()) {
            int at = in.position();
            int length = in.remaining() < JournalFormat.BLOCK_HEAD_BYTES ? -1 : in.getInt();
            boolean whole = length > 0 && length <= in.remaining() - Integer.BYTES;
            if (!whole || JournalFormat.crc(bytes, in.position() + Integer.BYTES, length) != in.getInt()) {
                if (isCutOff(bytes, at, whole ? at + JournalFormat.BLOCK_HEAD_BYTES + length : bytes.length)) {
                    tail = Optional.of("the file ends in the midst of what was written last (byte " + at
                            + "): the program or the computer died; everything before is there");
                } else {
                    damage = Optional.of("damaged at byte " + at + " of " + bytes.length);
                }
                break;
            }
            System.arraycopy(bytes, in.position(), records, size, length);
            size += length;
            in.position(in.position() + length);
        }
        return new Journal(file, fields, Arrays.copyOf(records, size), tail, damage);
    }

    /** Whether a bad block is the last thing in the file; what a power cut never filled is zeros. */
    private static boolean isCutOff(byte[] bytes, int at, int end) {
        if (end >= bytes.length) {
            int length = bytes.length - at < Integer.BYTES ? 0 : ByteBuffer.wrap(bytes).getInt(at);
            return length >= 0 && length <= 1 << 20;
        }
        for (int i = end; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Where it was read from. */
    public Path file() {
        return file;
    }

    /** Of the header. */
    public Map<String, String> fields() {
        return fields;
    }

    /** All of them, one after the other; not to be changed. */
    public byte[] records() {
        return records;
    }

    /** What is wrong with the end of the file, if it was cut off there. */
    public Optional<String> tail() {
        return tail;
    }

    /** What is wrong in the midst of the file. */
    public Optional<String> damage() {
        return damage;
    }

    /** The value of a field. */
    public String field(String key) {
        String value = fields.get(key);
        if (value == null) {
            throw new UserError(file + ": the header does not say '" + key + "'; take a copy that is whole");
        }
        return value;
    }
}
