package tapkit.model;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tapkit.UserError;

/** Writes {@link Safetensors} files: the same tensors and metadata give the same bytes, and no half-written file is ever seen. */
public final class SafetensorsWriter {
    private SafetensorsWriter() {
    }

    /** Writes tensors in fp32. */
    public static void write(Path file, Collection<Tensor> tensors, Map<String, String> metadata) {
        write(file, tensors, NumberType.F32, metadata);
    }

    /** Writes tensors, sorted by name, and metadata, to which the SHA-256 of the numbers is added. */
    public static void write(Path file, Collection<Tensor> tensors, NumberType type, Map<String, String> metadata) {
        List<Stored> sorted = tensors.stream().flatMap(tensor -> stored(tensor, type))
                .sorted(Comparator.comparing(stored -> stored.tensor.name())).toList();
        MemorySegment data = Arena.ofAuto().allocate(sorted.stream().mapToLong(Stored::bytes).sum());
        Map<String, Object> header = new LinkedHashMap<>();
        Map<String, String> described = new TreeMap<>(metadata);
        header.put(Safetensors.METADATA, described);
        long begin = 0;
        for (Stored stored : sorted) {
            long end = begin + stored.bytes();
            stored.type.store(stored.tensor, data.asSlice(begin, end - begin));
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", stored.type.name());
            entry.put("shape", stored.tensor.shape());
            entry.put("data_offsets", List.of(begin, end));
            if (header.put(stored.tensor.name(), entry) != null) {
                throw new IllegalArgumentException("two tensors are named " + stored.tensor.name());
            }
            begin = end;
        }
        described.put(Safetensors.SHA256, Safetensors.sha256(data));
        byte[] json = Safetensors.header(header);
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, json.length);
        replace(file, length, ByteBuffer.wrap(json), data.asByteBuffer());
    }

    private record Stored(Tensor tensor, NumberType type) {
        long bytes() {
            return Tensor.count(tensor.shape()) * type.bytes();
        }
    }

    private static Stream<Stored> stored(Tensor tensor, NumberType type) {
        if (type != NumberType.I8) {
            return Stream.of(new Stored(tensor, type));
        }
        if (tensor.shape().size() != 2) {
            return Stream.of(new Stored(tensor, NumberType.F32));
        }
        int rows = tensor.shape().getFirst();
        int columns = tensor.shape().getLast();
        float[] scales = new float[rows];
        float[] whole = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            float largest = 0;
            for (int column = 0; column < columns; column++) {
                largest = Math.max(largest, Math.abs(tensor.get(row, column)));
            }
            scales[row] = largest / NumberType.LARGEST_INT8;
            for (int column = 0; column < columns; column++) {
                whole[row * columns + column] = largest == 0 ? 0 : tensor.get(row, column) / scales[row];
            }
        }
        return Stream.of(new Stored(Tensor.of(tensor.name(), whole, rows, columns), NumberType.I8),
                new Stored(Tensor.of(tensor.name() + NumberType.SCALE, scales, rows), NumberType.F32));
    }

    private static void replace(Path file, ByteBuffer... parts) {
        Path whole = file.toAbsolutePath();
        Path partial = whole.resolveSibling(whole.getFileName() + ".part");
        try {
            Files.createDirectories(whole.getParent());
            try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                for (ByteBuffer part : parts) {
                    while (part.hasRemaining()) {
                        channel.write(part);
                    }
                }
                channel.force(true);
            }
            Files.move(partial, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            partial.toFile().delete();
            throw new UserError("Cannot write " + file + " (" + e.getMessage() + "); choose a folder that you may write to", e);
        }
    }
}
