package tapkit.model.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tapkit.model.InferenceEngine;
import tapkit.model.Models;
import tapkit.model.Prediction;
import tapkit.model.RandomModels;
import tapkit.model.TapModel;
import tapkit.model.TrainedModel;

/** DL4J and the live kernels compute the same network, element by element. */
class Nd4jLstmNetworkTest {
    private static final float TOLERANCE = 1e-4f;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"1, 7", "2, 33", "3, 16"})
    void shouldAgreeWithTheLiveKernelsOnRandomWeights(int layers, int hidden) {
        Path file = folder.resolve("random.safetensors");
        RandomModels.save(file, layers, hidden, hidden);
        compare(Models.load(file));
    }

    @Test
    void shouldAgreeWithTheLiveKernelsOnTheWeightsThatShip() {
        compare(Models.load(Models.TAP2DRUM));
    }

    private static void compare(TrainedModel model) {
        TapModel reference = model.open(InferenceEngine.ND4J);
        Prediction expected = new Prediction();
        Prediction found = new Prediction();
        for (InferenceEngine engine : new InferenceEngine[]{InferenceEngine.VECTOR_FP32, InferenceEngine.SCALAR}) {
            TapModel live = model.open(engine);
            for (int seed = 0; seed < 8; seed++) {
                reference.predict(RandomModels.taps(seed), expected);
                live.predict(RandomModels.taps(seed), found);
                assertThat(found.probabilities).containsExactly(expected.probabilities, within(TOLERANCE));
                assertThat(found.velocities).containsExactly(expected.velocities, within(TOLERANCE));
                assertThat(found.offsets).containsExactly(expected.offsets, within(TOLERANCE));
            }
        }
    }
}
