package tapkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the launcher has the JIT compile first is named in a file, which has to follow when classes get other names. */
class CompileEarlyTest {
    private static final Path FILE = Path.of("native-config", "compile-early");
    private static final List<Class<?>> KERNELS = List.of(PackedMatrix.class, Fp32Matrix.class, Bf16Matrix.class,
            Int8Matrix.class, VectorLstm.class, VectorActivations.class);

    @Test
    void shouldNameMethodsThatAreThere() throws IOException {
        List<String> patterns = patterns();
        assertThat(patterns).hasSizeGreaterThan(3).allSatisfy(pattern -> assertThat(
                KERNELS.stream().flatMap(CompileEarlyTest::methods).filter(method -> matches(pattern, method))).isNotEmpty());
    }

    @Test
    void shouldNameWhatMultipliesInEveryPrecision() throws IOException {
        List<String> patterns = patterns();
        for (String kernel : List.of("addTwoBlocks", "addFourSteps", "addColumn")) {
            for (Class<?> matrix : List.of(Fp32Matrix.class, Bf16Matrix.class, Int8Matrix.class)) {
                assertThat(methods(matrix)).contains(matrix.getName() + "::" + kernel);
                assertThat(patterns).anyMatch(pattern -> matches(pattern, matrix.getName() + "::" + kernel));
            }
        }
    }

    /** The second word of each line with more than one. */
    private static List<String> patterns() throws IOException {
        return Files.readAllLines(FILE).stream().filter(line -> !line.startsWith("#")).map(line -> line.split(" "))
                .filter(words -> words.length > 1).map(words -> words[1]).distinct().toList();
    }

    private static Stream<String> methods(Class<?> kernel) {
        return Arrays.stream(kernel.getDeclaredMethods()).map(method -> kernel.getName() + "::" + method.getName());
    }

    private static boolean matches(String pattern, String method) {
        return method.matches(pattern.replace(".", "\\.").replace("*", ".*"));
    }
}
