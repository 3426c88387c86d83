package tapkit.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** The bytes around the records; big-endian, as {@code docs/sessions.md} describes them. */
final class JournalFormat {
    /** The first byte is no text, the last one shows a transfer that took the file for text. */
    static final byte[] MAGIC = {(byte) 0x89, 'T', 'A', 'P', 'K', 'I', 'T', '\n'};
    static final int VERSION = 1;
    /** Length and checksum. */
    static final int BLOCK_HEAD_BYTES = 8;
    static final int HEADER_AT = MAGIC.length + 2;

    private JournalFormat() {
    }

    static byte[] header(Map<String, String> fields) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(fields).forEach((key, value) -> text.append(key).append('=')
                .append(value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")).append('\n'));
        byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(HEADER_AT + BLOCK_HEAD_BYTES + utf8.length);
        out.put(MAGIC).putShort((short) VERSION).putInt(utf8.length).putInt(crc(utf8, 0, utf8.length)).put(utf8);
        return out.array();
    }

    static Map<String, String> fields(String text) {
        Map<String, String> fields = new TreeMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                fields.put(line.substring(0, equals), unescape(line.substring(equals + 1)));
            }
        });
        return fields;
    }

    private static String unescape(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                c = switch (text.charAt(i)) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> text.charAt(i);
                };
            }
            out.append(c);
        }
        return out.toString();
    }

    static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
