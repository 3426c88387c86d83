package tapkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.grid.Grid;
import tapkit.grid.TapWindow;

final class InferenceEngineTest {
    @TempDir
    private Path folder;

    @Test
    void shouldSayWhatIsMissingAndPlayOnWithoutTheVectorApi() throws IOException, InterruptedException {
        assertThat(play(List.of())).contains("--add-modules=jdk.incubator.vector").contains("ScalarLstmNetwork")
                .doesNotContain("Exception");
    }

    @Test
    void shouldLoadNoNd4jOnTheLivePath() throws IOException, InterruptedException {
        assertThat(play(List.of("--add-modules=jdk.incubator.vector", "-Xlog:class+load"))).contains("VectorLstmNetwork")
                .contains("tapkit.model.PackedMatrix").doesNotContain("org.nd4j").doesNotContain("org.deeplearning4j")
                .doesNotContain("org.bytedeco");
    }

    @Test
    void shouldBeQuickAndQuietFromTheFirstAnswerOnceWarm() {
        Path file = folder.resolve("model.safetensors");
        RandomModels.save(file, 2, 96, 1);
        TapModel model = Models.load(file).openWarm(InferenceEngine.VECTOR);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        TapWindow taps = RandomModels.taps(1);
        Prediction prediction = new Prediction();
        long before = threads.getCurrentThreadAllocatedBytes();
        model.predict(taps, prediction);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isZero();
    }

    private String play(List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Play.class.getName(), folder.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output;
        try (InputStream in = process.getInputStream()) {
            output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** What a JVM of its own runs: one answer of a model that asks for vectors. */
    static final class Play {
        private Play() {
        }

        public static void main(String[] args) {
            Path file = Path.of(args[0], "model.safetensors");
            RandomModels.save(file, 1, 4, 1);
            LstmNetwork network = InferenceEngine.VECTOR.open(Models.load(file).weights(), Grid.STEPS);
            new LstmTapModel(network).predict(RandomModels.taps(1), new Prediction());
            System.out.println(network.getClass().getSimpleName());
        }
    }
}
