package tapkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapkit.UserError;

final class SafetensorsTest {
    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void writeAFile() {
        file = folder.resolve("model.safetensors");
        SafetensorsWriter.write(file,
                List.of(Tensor.of("b", new float[]{7, 8}, 2), Tensor.of("a", new float[]{1, 2, 3, 4, 5, 6}, 2, 3)),
                Map.of("answer", "42"));
    }

    @Test
    void shouldReadBackWhatWasWritten() {
        Safetensors read = Safetensors.open(file);
        assertThat(read.tensor("a", List.of(2, 3)).toArray()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(read.tensor("a", List.of(2, 3)).get(1, 0)).isEqualTo(4);
        assertThat(read.tensor("b", List.of(2)).get(1)).isEqualTo(8);
        assertThat(read.metadata("answer")).isEqualTo("42");
    }

    @Test
    void shouldKeepElevenBitsOfEachNumberInHalfPrecision() throws IOException {
        float[] values = {0, -1, 0.5f, 1 / 3f, 65504, 6e-8f, -3.14159f};
        Path half = folder.resolve("half.safetensors");
        SafetensorsWriter.write(half, List.of(Tensor.of("a", values, 7)), NumberType.F16, Map.of());
        Tensor read = Safetensors.open(half).tensor("a", List.of(7));
        for (int i = 0; i < values.length; i++) {
            assertThat(read.get(i)).isEqualTo(Float.float16ToFloat(Float.floatToFloat16(values[i])))
                    .isCloseTo(values[i], within(Math.abs(values[i]) / 2048 + 3e-8f));
        }
        Path again = folder.resolve("again.safetensors");
        SafetensorsWriter.write(again, List.of(read), NumberType.F16, Map.of());
        assertThat(again).hasSameBinaryContentAs(half);
        Path whole = folder.resolve("whole.safetensors");
        SafetensorsWriter.write(whole, List.of(Tensor.of("a", values, 7)), Map.of());
        assertThat(Files.size(whole) - Files.size(half)).isEqualTo(2L * values.length);
        assertThatThrownBy(
                () -> SafetensorsWriter.write(half, List.of(Tensor.of("a", new float[]{1e5f}, 1)), NumberType.F16, Map.of()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("100000");
    }

    @Test
    void shouldKeepMatricesInAQuarterWithAStepForEachRow() throws IOException {
        float[] values = {0.1f, -1, 0.5f, 30, 0, -20, 0, 0, 0};
        Path int8 = folder.resolve("int8.safetensors");
        SafetensorsWriter.write(int8, List.of(Tensor.of("a", values, 3, 3), Tensor.of("b", new float[]{1 / 3f}, 1)),
                NumberType.I8, Map.of());
        Safetensors opened = Safetensors.open(int8);
        Tensor read = opened.tensor("a", List.of(3, 3));
        float[] steps = {1 / 127f, 30 / 127f, 0};
        for (int i = 0; i < values.length; i++) {
            assertThat(read.get(i)).isCloseTo(values[i], within(steps[i / 3] / 2 + 1e-6f));
        }
        assertThat(read.get(1)).isEqualTo(-1);
        assertThat(opened.tensor("b", List.of(1)).get(0)).isEqualTo(1 / 3f);
        Path again = folder.resolve("again.safetensors");
        SafetensorsWriter.write(again, List.of(read, opened.tensor("b", List.of(1))), NumberType.I8, Map.of());
        assertThat(again).hasSameBinaryContentAs(int8);
        write("{\"t\":{\"dtype\":\"I8\",\"shape\":[2,2],\"data_offsets\":[0,4]}}", new byte[4]);
        assertFault(() -> Safetensors.open(file), "model.safetensors");
    }

    @Test
    void shouldWriteTheSameBytesForTheSameTensorsInAnyOrder() throws IOException {
        Path other = folder.resolve("new/folder/other.safetensors");
        SafetensorsWriter.write(other,
                List.of(Tensor.of("a", new float[]{1, 2, 3, 4, 5, 6}, 2, 3), Tensor.of("b", new float[]{7, 8}, 2)),
                Map.of("answer", "42"));
        assertThat(other).hasSameBinaryContentAs(file);
        try (var files = Files.list(other.getParent())) {
            assertThat(files).containsExactly(other);
        }
    }

    /** The layout that the format's own documentation gives, byte by byte. */
    @Test
    void shouldReadTheFormatAsOthersWriteIt() throws IOException {
        write("""
                {"t":{"dtype":"F32","shape":[],"data_offsets":[0,4]},
                 "__metadata__":{"sha256":"4edb6b4b3ff4ba6bda0a9a0c4a6f4a2c50d4c1d5d7d0d3b1a5b3f9c1d2e3f405"}}""",
                new byte[]{0, 0, (byte) 0x80, 0x3f});
        assertFault(() -> Safetensors.open(file), "SHA-256", "4edb6b4b");
        String found = Safetensors.sha256(MemorySegment.ofArray(new byte[]{0, 0, (byte) 0x80, 0x3f}));
        write("{\"t\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]},\"__metadata__\":{\"sha256\":\"" + found + "\"}}",
                new byte[]{0, 0, (byte) 0x80, 0x3f});
        assertThat(Safetensors.open(file).tensor("t", List.of()).get(0)).isEqualTo(1);
    }

    @Test
    void shouldRefuseEveryTruncation() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertFault(() -> Safetensors.open(file), "model.safetensors");
        }
    }

    @Test
    void shouldRefuseEveryChangedNumberAndBytesTooMany() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int i = whole.length - 8 * Float.BYTES; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 1;
            Files.write(file, damaged);
            assertFault(() -> Safetensors.open(file), "damaged", "SHA-256");
        }
        Files.write(file, Arrays.copyOf(whole, whole.length + 4));
        assertFault(() -> Safetensors.open(file), "36 bytes");
    }

    @Test
    void shouldNameTheTensorThatIsMissingOrHasAnotherShape() {
        Safetensors read = Safetensors.open(file);
        assertFault(() -> read.tensor("c", List.of(2)), "tensor c is missing", "[a, b]");
        assertFault(() -> read.tensor("a", List.of(3, 2)), "tensor a", "[2, 3]", "expected [3, 2]");
        assertFault(() -> read.metadata("question"), "'question'", "answer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello, this is a text file, not a model", "MThd and something",
            "PK\u0003\u0004 a zip file of some length"})
    void shouldRefuseOtherFiles(String text) throws IOException {
        Files.writeString(file, text);
        assertFault(() -> Safetensors.open(file), "no safetensors file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{", "{} {}", "nonsense",
            "{\"t\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,4]}}",
            "{\"t\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,4]}}",
            "{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
            "{\"t\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
            "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}",
            "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
            "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}",
            "{\"t\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}",
            "{\"t\":{\"dtype\":\"F32\",\"shape\":[65536,65536,65536,65536],\"data_offsets\":[0,0]}}",
            "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"u\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
            "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
            "{\"__metadata__\":{\"sha256\":7},\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
            "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "{\"t\":3}"})
    void shouldRefuseOtherHeaders(String header) throws IOException {
        write(header, new byte[4]);
        assertFault(() -> Safetensors.open(file), "model.safetensors");
    }

    @Test
    void shouldSayWhatIsWrongWithThePath() {
        assertFault(() -> Safetensors.open(folder.resolve("none.safetensors")), "none.safetensors", "does not exist");
        assertFault(() -> Safetensors.open(folder), "folder");
        assertFault(() -> SafetensorsWriter.write(file.resolve("below/a/file"), List.of(), Map.of()), "Cannot write");
    }

    private void write(String header, byte[] data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        Files.write(file,
                ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json)
                        .put(data).array());
    }

    private static void assertFault(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(UserError.class).hasMessageContainingAll(parts)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
}
