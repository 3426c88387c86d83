package tapkit.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tapkit.UserError;

/**
 * A <a href="https://github.com/huggingface/safetensors">safetensors</a> file, mapped and checked: eight bytes with the length
 * of the header, the header (JSON: each tensor's type, shape and place, and {@code __metadata__}), the numbers. tapkit's files
 * hold the types of {@link NumberType}, and the SHA-256 of their numbers as metadata. Whatever is wrong is a {@link UserError}
 * when the file is opened or a tensor asked for, never a wrong number later.
 */
public final class Safetensors {
    static final String METADATA = "__metadata__";
    static final String SHA256 = "sha256";
    private static final long MAX_HEADER = 1 << 20;
    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final Path file;
    private final Map<String, String> metadata = new TreeMap<>();
    private final Map<String, Tensor> tensors = new TreeMap<>();

    private Safetensors(Path file) {
        this.file = file;
    }

    /** Maps a file and checks header, places and checksum. */
    public static Safetensors open(Path file) {
        Safetensors opened = new Safetensors(file);
        opened.read(opened.map());
        return opened;
    }

    /** What the header says about the whole, sorted by key. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    /** One entry of the metadata, which must be there. */
    public String metadata(String key) {
        String value = metadata.get(key);
        if (value == null) {
            throw fault("the header has no metadata '" + key + "' (it has " + metadata.keySet() + ")");
        }
        return value;
    }

    /** One entry of the metadata that must be a whole number within limits. */
    int number(String key, int least, int most) {
        String text = metadata(key);
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw fault("metadata '" + key + "' is " + text + ", expected a whole number from " + least + " to " + most);
    }

    /** A tensor, which must be there and have this shape. */
    public Tensor tensor(String name, List<Integer> shape) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw fault("tensor " + name + " is missing (the file has " + tensors.keySet() + ")");
        }
        if (!tensor.shape().equals(shape)) {
            throw fault("tensor " + name + " has shape " + tensor.shape() + ", expected " + shape);
        }
        return tensor;
    }

    /** A vector of any length, which must be there. */
    Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        return tensor(name, tensor == null || tensor.shape().isEmpty() ? List.of() : List.of(tensor.shape().getFirst()));
    }

    /** A fault of this file, with the remedy. */
    UserError fault(String what) {
        return new UserError("Model file " + file + ": " + what
                + "; restore the file (git checkout) or train the model again (tapkit train)");
    }

    private MemorySegment map() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        } catch (NoSuchFileException e) {
            throw new UserError("Model file " + file + " does not exist; name another with --model", e);
        } catch (IOException e) {
            String why = Files.isDirectory(file) ? "it is a folder" : e.getMessage();
            throw new UserError("Model file " + file + " cannot be read (" + why + "); check the path and its permissions", e);
        }
    }

    private void read(MemorySegment bytes) {
        if (bytes.byteSize() < LENGTH.byteSize()) {
            throw fault("has " + bytes.byteSize() + " bytes, too few for a safetensors file");
        }
        long length = bytes.get(LENGTH, 0);
        if (length < 2 || length > MAX_HEADER) {
            throw fault("is no safetensors file (a header of " + Long.toUnsignedString(length) + " bytes, expected 2 to "
                    + MAX_HEADER + ")");
        }
        long available = bytes.byteSize() - LENGTH.byteSize();
        if (length > available) {
            throw fault("is cut off: a header of " + length + " bytes, found " + available);
        }
        JsonNode header = parse(bytes.asSlice(LENGTH.byteSize(), length));
        MemorySegment data = bytes.asSlice(LENGTH.byteSize() + length);
        readMetadata(header.path(METADATA));
        readTensors(header, data);
        String found = sha256(data);
        if (!found.equals(metadata(SHA256))) {
            throw fault("is damaged: SHA-256 of its numbers is " + found + ", expected " + metadata(SHA256));
        }
    }

    private JsonNode parse(MemorySegment header) {
        try {
            JsonNode json = JSON.readTree(header.toArray(ValueLayout.JAVA_BYTE));
            if (json.isObject()) {
                return json;
            }
            throw fault("is no safetensors file (its header is no JSON object)");
        } catch (JsonProcessingException e) {
            throw fault("is no safetensors file (its header is not valid JSON: " + e.getOriginalMessage() + ")");
        } catch (IOException e) {
            throw new AssertionError("reading from memory", e);
        }
    }

    private void readMetadata(JsonNode json) {
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            if (!entry.getValue().isTextual()) {
                throw fault("metadata '" + entry.getKey() + "' is no text");
            }
            metadata.put(entry.getKey(), entry.getValue().textValue());
        }
    }

    private void readTensors(JsonNode header, MemorySegment data) {
        record Place(String name, long begin, long end) {
        }
        List<Place> places = new ArrayList<>();
        List<String> int8 = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            String name = entry.getKey();
            if (name.equals(METADATA)) {
                continue;
            }
            NumberType type = type(name, entry.getValue().path("dtype").asText("none"));
            List<Long> shape = numbers(name, "shape", entry.getValue());
            List<Long> offsets = numbers(name, "data_offsets", entry.getValue());
            if (offsets.size() != 2) {
                throw fault("tensor " + name + " has " + offsets.size() + " data_offsets, expected 2");
            }
            long begin = offsets.getFirst();
            long end = offsets.getLast();
            if (begin > end || end > data.byteSize()) {
                throw fault("is cut off or damaged: tensor " + name + " lies at " + begin + " to " + end + " of "
                        + data.byteSize() + " bytes");
            }
            List<Integer> sizes = shape.stream().map(Long::intValue).toList();
            long expected = bytes(name, sizes, type);
            if (end - begin != expected) {
                throw fault(
                        "tensor " + name + " has " + (end - begin) + " bytes, expected " + expected + " for shape " + sizes);
            }
            places.add(new Place(name, begin, end));
            if (type == NumberType.I8) {
                int8.add(name);
            }
            tensors.put(name, new Tensor(name, sizes, type.toFp32(data.asSlice(begin, end - begin))));
        }
        long end = 0;
        for (Place place : places.stream().sorted(Comparator.comparingLong(Place::begin)).toList()) {
            if (place.begin != end) {
                throw fault("tensor " + place.name + " begins at byte " + place.begin + ", expected " + end);
            }
            end = place.end;
        }
        if (end != data.byteSize()) {
            throw fault("has " + data.byteSize() + " bytes of numbers, its tensors " + end);
        }
        int8.forEach(this::scale);
    }

    /** Turns the whole numbers of an int8 matrix into those that they stand for. */
    private void scale(String name) {
        Tensor whole = tensors.get(name);
        if (whole.shape().size() != 2) {
            throw fault("tensor " + name + " is int8 and has shape " + whole.shape() + ", expected a matrix");
        }
        int columns = whole.shape().getLast();
        Tensor scales = tensor(name + NumberType.SCALE, List.of(whole.shape().getFirst()));
        float[] values = whole.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] *= scales.get(i / columns);
        }
        tensors.put(name, Tensor.of(name, values, whole.shape().getFirst(), columns));
    }

    private NumberType type(String tensor, String name) {
        for (NumberType type : NumberType.values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw fault("tensor " + tensor + " has type " + name + ", expected one of " + Arrays.toString(NumberType.values()));
    }

    private long bytes(String tensor, List<Integer> shape, NumberType type) {
        try {
            return Math.multiplyExact(Tensor.count(shape), type.bytes());
        } catch (ArithmeticException e) {
            throw fault("tensor " + tensor + " has the impossible shape " + shape);
        }
    }

    private List<Long> numbers(String tensor, String key, JsonNode json) {
        List<Long> numbers = new ArrayList<>();
        for (JsonNode number : json.path(key)) {
            if (!number.isIntegralNumber() || number.longValue() < 0 || number.longValue() > Integer.MAX_VALUE) {
                throw fault(
                        "tensor " + tensor + ": " + key + " holds " + number + ", expected whole numbers from 0 to 2^31 − 1");
            }
            numbers.add(number.longValue());
        }
        return numbers;
    }

    static String sha256(MemorySegment data) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(data.asByteBuffer());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** The header as it stands before the numbers: padded with spaces to a multiple of eight bytes. */
    static byte[] header(Map<String, ?> json) {
        try {
            String text = JSON.writeValueAsString(json);
            String padded = text + " ".repeat(-text.getBytes(StandardCharsets.UTF_8).length & 7);
            return padded.getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new AssertionError("maps, lists, texts and numbers are always JSON", e);
        }
    }
}
