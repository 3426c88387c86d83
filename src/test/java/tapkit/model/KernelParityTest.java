package tapkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tapkit.grid.TapWindow;

/** The kernels agree with each other and with nothing but the weights. */
final class KernelParityTest {
    private static final LstmConfig SMALL = new LstmConfig(TapFeatures.COUNT, 2, 5);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"1,1", "1,7", "2,16", "2,33", "3,20", "2,96", "2,128"})
    void shouldAgreeWithTheScalarOracle(int layers, int hidden) {
        LstmWeights weights = random(new LstmConfig(TapFeatures.COUNT, layers, hidden), layers * 1000 + hidden);
        TapModel scalar = new ScalarTapModel(weights);
        TapModel vector = new VectorTapModel(weights);
        for (int seed = 0; seed < 8; seed++) {
            TapWindow taps = RandomModels.taps(seed);
            assertClose(predict(vector, taps), predict(scalar, taps), 1e-5f);
        }
    }

    @Test
    void shouldGiveTheSameBitsForTheSameTapsWhateverCameBefore() {
        TapModel used = new VectorTapModel(random(SMALL, 1));
        Prediction first = predict(used, RandomModels.taps(1));
        for (int seed = 2; seed < 20; seed++) {
            predict(used, RandomModels.taps(seed));
        }
        assertClose(predict(used, RandomModels.taps(1)), first, 0);
        assertClose(predict(new VectorTapModel(random(SMALL, 1)), RandomModels.taps(1)), first, 0);
    }

    static Stream<String> tensors() {
        return SMALL.shapes().keySet().stream();
    }

    /** Every weight matters: were a tensor read from a wrong place or not at all, parity of the kernels would not show it. */
    @ParameterizedTest
    @MethodSource("tensors")
    void shouldAnswerDifferentlyWhenAnyTensorChanges(String name) {
        LstmWeights whole = random(SMALL, 3);
        List<Tensor> changed = new ArrayList<>();
        for (Tensor tensor : RandomModels.tensors(SMALL, 3)) {
            float[] values = tensor.toArray();
            if (tensor.name().equals(name)) {
                values[values.length - 1] += 0.5f;
            }
            changed.add(Tensor.of(tensor.name(), values, tensor.shape().stream().mapToInt(Integer::intValue).toArray()));
        }
        LstmWeights mutated = weights(SMALL, changed);
        TapWindow taps = RandomModels.taps(4);
        taps.bpm = 150;
        taps.add(31, 0.1f, 0.5f);
        taps.add(27, 0.1f, 0.5f);
        assertThat(difference(predict(new ScalarTapModel(mutated), taps), predict(new ScalarTapModel(whole), taps)))
                .as("scalar").isGreaterThan(1e-4f);
        assertThat(difference(predict(new VectorTapModel(mutated), taps), predict(new VectorTapModel(whole), taps)))
                .as("vector").isGreaterThan(1e-4f);
    }

    @Test
    void shouldReadBackThroughAFileWhatWasComputedFromMemory() {
        Path file = folder.resolve("small.safetensors");
        RandomModels.save(file, 2, 5, 7);
        TapModel loaded = Models.load(file).open(InferenceEngine.VECTOR);
        assertThat(loaded).isInstanceOf(VectorTapModel.class);
        TapWindow taps = RandomModels.taps(5);
        assertClose(predict(loaded, taps), predict(new VectorTapModel(random(SMALL, 7)), taps), 0);
    }

    private LstmWeights random(LstmConfig config, long seed) {
        return weights(config, RandomModels.tensors(config, seed));
    }

    private LstmWeights weights(LstmConfig config, List<Tensor> tensors) {
        Path file = folder.resolve("weights.safetensors");
        SafetensorsWriter.write(file, tensors, config.metadata());
        return LstmWeights.of(config, Safetensors.open(file));
    }

    static Prediction predict(TapModel model, TapWindow taps) {
        Prediction out = new Prediction();
        model.predict(taps, out);
        return out;
    }

    static void assertClose(Prediction found, Prediction expected, float tolerance) {
        assertThat(difference(found, expected)).isLessThanOrEqualTo(tolerance);
    }

    private static float difference(Prediction a, Prediction b) {
        return Math.max(difference(a.probabilities, b.probabilities),
                Math.max(difference(a.velocities, b.velocities), difference(a.offsets, b.offsets)));
    }

    private static float difference(float[] a, float[] b) {
        float largest = Arrays.equals(a, b) ? 0 : Float.MIN_VALUE;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }
}
