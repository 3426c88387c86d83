package tapkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tapkit.grid.Grid;
import tapkit.grid.TapWindow;
import tapkit.model.LstmConfig.Activation;
import tapkit.model.LstmConfig.Head;

/** The kernels agree with each other and with nothing but the weights. */
final class KernelParityTest {
    private static final LstmConfig SMALL = LstmTapModel.config(2, 5);
    private static final int[][] SIZES = {{1, 1}, {1, 7}, {2, 16}, {2, 33}, {3, 20}, {2, 96}, {2, 128}};

    static Stream<Arguments> sizes() {
        return Stream.of(SIZES).flatMap(
                size -> Stream.of(Precision.values()).map(precision -> Arguments.of(size[0], size[1], precision)));
    }

    @TempDir
    private Path folder;

    /** In each precision the same as the scalar kernel with the weights as that precision has them. */
    @ParameterizedTest
    @MethodSource("sizes")
    void shouldAgreeWithTheScalarOracle(int layers, int hidden, Precision precision) {
        LstmConfig config = LstmTapModel.config(layers, hidden);
        List<Tensor> tensors = RandomModels.tensors(config, layers * 1000 + hidden);
        TapModel scalar = scalar(weights(config, RandomModels.rounded(tensors, precision)));
        TapModel vector = vector(weights(config, tensors), precision);
        for (int seed = 0; seed < 8; seed++) {
            TapWindow taps = RandomModels.taps(seed);
            assertClose(predict(vector, taps), predict(scalar, taps), 1e-5f);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveTheSameBitsForTheSameTapsWhateverCameBefore(Precision precision) {
        TapModel used = vector(random(SMALL, 1), precision);
        Prediction first = predict(used, RandomModels.taps(1));
        for (int seed = 2; seed < 20; seed++) {
            predict(used, RandomModels.taps(seed));
        }
        assertClose(predict(used, RandomModels.taps(1)), first, 0);
        assertClose(predict(vector(random(SMALL, 1), precision), RandomModels.taps(1)), first, 0);
    }

    /** Any features, any heads, any length, also after longer sequences and shorter ones. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 16, 33, 640})
    void shouldAgreeOnSequencesOfAnyLength(int steps) {
        LstmConfig config = new LstmConfig("test", 11, 2, 21,
                List.of(new Head("wide", 40, Activation.LINEAR), new Head("one", 1, Activation.SIGMOID),
                        new Head("three", 3, Activation.HALF_TANH)));
        LstmWeights weights = random(config, 5);
        float[][] expected = heads(config, steps);
        new ScalarLstmNetwork(weights, steps).run(features(11, steps, steps), steps, expected);
        LstmNetwork vector = new VectorLstmNetwork(weights, Precision.FP32, 640);
        float[][] found = heads(config, 640);
        for (int before : new int[]{640, 1, steps}) {
            vector.run(features(11, before, before), before, found);
        }
        for (int head = 0; head < found.length; head++) {
            assertThat(Arrays.copyOf(found[head], expected[head].length)).containsExactly(expected[head], within(2e-5f));
        }
    }

    @Test
    void shouldRefuseSequencesThatItHasNoRoomFor() {
        LstmNetwork network = new VectorLstmNetwork(random(SMALL, 1), Precision.SHIPPED, 31);
        assertThatThrownBy(() -> network.run(new float[TapFeatures.SIZE], 32, heads(SMALL, 32)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("32 steps");
    }

    /** What ships goes on saying exactly what it said when it was chosen; the vector kernel's bits are the same everywhere. */
    @ParameterizedTest
    @CsvSource({"VECTOR,e56248e0e047346885b54ad1599334651a205bf3424b8500a3303e3159f3f39c",
            "VECTOR_FP32,03fc67f7b1e93c9bad69b1084a90c953e65db78ae186e57f02f11658a935e43c"})
    void shouldGiveTheBitsThatItAlwaysGave(InferenceEngine engine, String sha256) throws NoSuchAlgorithmException {
        TapModel shipped = Models.load(Models.TAP2DRUM).open(engine);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int seed = 0; seed < 32; seed++) {
            Prediction prediction = predict(shipped, RandomModels.taps(seed));
            for (float[] values : List.of(prediction.probabilities, prediction.velocities, prediction.offsets)) {
                ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
                bytes.asFloatBuffer().put(values);
                digest.update(bytes.array());
            }
        }
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(sha256);
    }

    private static float[][] heads(LstmConfig config, int steps) {
        return config.heads().stream().map(head -> new float[steps * head.width()]).toArray(float[][]::new);
    }

    private static float[] features(int inputs, int steps, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        float[] features = new float[steps * inputs];
        for (int i = 0; i < features.length; i++) {
            features[i] = random.nextBoolean() ? (float) random.nextDouble(-1, 1) : 0;
        }
        return features;
    }

    static Stream<String> tensors() {
        return SMALL.shapes().keySet().stream();
    }

    /** Every weight matters: were a tensor read from a wrong place or not at all, parity of the kernels would not show it. */
    @ParameterizedTest
    @MethodSource("tensors")
    void shouldAnswerDifferentlyWhenAnyTensorChanges(String name) {
        LstmWeights whole = random(SMALL, 3);
        List<Tensor> tensors = RandomModels.tensors(SMALL, 3);
        int last = (int) Tensor.count(SMALL.shapes().get(name)) - 1;
        LstmWeights mutated = weights(SMALL, RandomModels.changed(tensors, name, last, 0.5f));
        TapWindow taps = RandomModels.taps(4);
        taps.bpm = 150;
        taps.add(31, 0.1f, 0.5f);
        taps.add(27, 0.1f, 0.5f);
        assertThat(difference(predict(scalar(mutated), taps), predict(scalar(whole), taps)))
                .as("scalar").isGreaterThan(1e-4f);
        for (Precision precision : Precision.values()) {
            assertThat(difference(predict(vector(mutated, precision), taps), predict(vector(whole, precision), taps)))
                    .as(precision.name()).isGreaterThan(1e-4f);
        }
    }

    @Test
    void shouldReadBackThroughAFileWhatWasComputedFromMemory() {
        Path file = folder.resolve("small.safetensors");
        RandomModels.save(file, 2, 5, 7);
        TapModel loaded = Models.load(file).open(InferenceEngine.VECTOR);
        TapWindow taps = RandomModels.taps(5);
        assertClose(predict(loaded, taps), predict(vector(random(SMALL, 7), Precision.SHIPPED), taps), 0);
    }

    private LstmWeights random(LstmConfig config, long seed) {
        return weights(config, RandomModels.tensors(config, seed));
    }

    private LstmWeights weights(LstmConfig config, List<Tensor> tensors) {
        Path file = folder.resolve("weights.safetensors");
        SafetensorsWriter.write(file, tensors, config.metadata());
        return LstmWeights.of(Safetensors.open(file), config);
    }

    private static TapModel scalar(LstmWeights weights) {
        return new LstmTapModel(new ScalarLstmNetwork(weights, Grid.STEPS));
    }

    private static TapModel vector(LstmWeights weights, Precision precision) {
        return new LstmTapModel(new VectorLstmNetwork(weights, precision, Grid.STEPS));
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
