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
        List<Tensor> sorted = tensors.stream().sorted(Comparator.comparing(Tensor::name)).toList();
        MemorySegment data = Arena.ofAuto()
                .allocate(sorted.stream().mapToLong(t -> Tensor.count(t.shape()) * type.bytes()).sum());
        Map<String, Object> header = new LinkedHashMap<>();
        Map<String, String> described = new TreeMap<>(metadata);
        header.put(Safetensors.METADATA, described);
        long begin = 0;
        for (Tensor tensor : sorted) {
            long end = begin + Tensor.count(tensor.shape()) * type.bytes();
            type.store(tensor, data.asSlice(begin, end - begin));
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", type.name());
            entry.put("shape", tensor.shape());
            entry.put("data_offsets", List.of(begin, end));
            if (header.put(tensor.name(), entry) != null) {
                throw new IllegalArgumentException("two tensors are named " + tensor.name());
            }
            begin = end;
        }
        described.put(Safetensors.SHA256, Safetensors.sha256(data));
        byte[] json = Safetensors.header(header);
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, json.length);
        replace(file, length, ByteBuffer.wrap(json), data.asByteBuffer());
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
