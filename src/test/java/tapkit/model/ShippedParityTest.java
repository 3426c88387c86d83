package tapkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;

/**
 * Every engine says of trained weights, those that ship, what the scalar one says: element by element, within a tolerance that is
 * rounding where sums are ordered otherwise, and the weights' own rounding in the reduced precisions.
 */
final class ShippedParityTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"VECTOR_FP32,2e-5", "ND4J,2e-5", "VECTOR_BF16,0.05", "VECTOR_INT8,0.08"})
    void shouldAnswerTapsAsTheScalarEngineDoes(InferenceEngine engine, float tolerance) {
        TrainedModel shipped = Models.load(Models.TAP2DRUM);
        TapModel scalar = shipped.open(InferenceEngine.SCALAR);
        try (TapModel model = shipped.open(engine)) {
            for (int seed = 0; seed < 12; seed++) {
                KernelParityTest.assertClose(KernelParityTest.predict(model, RandomModels.taps(seed)),
                        KernelParityTest.predict(scalar, RandomModels.taps(seed)), tolerance);
            }
        }
    }

    /** The paper's size, told what hits there are; its z is as wide as it likes, so it is compared by what is written from it. */
    @ParameterizedTest
    @CsvSource({"VECTOR_FP32,1e-4", "ND4J,1e-4", "VECTOR_BF16,0.05", "VECTOR_INT8,0.08"})
    void shouldWriteGroovesAsTheScalarEngineDoes(InferenceEngine engine, float tolerance) {
        TrainedSeq2Seq shipped = TrainedSeq2Seq.load(Models.GROOVE);
        Seq2SeqNetwork scalar = shipped.open(InferenceEngine.SCALAR);
        Seq2SeqNetwork network = shipped.open(engine);
        for (int seed = 0; seed < 4; seed++) {
            KernelParityTest.assertClose(write(network, seed), write(scalar, seed), tolerance);
        }
    }

    /** Thresholds of each voice, coins thrown by the same seed, or argmax: what sounds is decided alike whoever computes. */
    @ParameterizedTest
    @CsvSource({"tap2drum,0", "tap2drum,0.5", "tap2drum,1", "tap2drum:argmax,0", "tap2drum:argmax,0.5"})
    void shouldDecideTheSameInBothPaths(String name, double temperature) {
        TrainedModel shipped = Models.load(name);
        TapModel scalar = shipped.open(InferenceEngine.SCALAR);
        TapModel vector = shipped.open(InferenceEngine.VECTOR_FP32);
        Groove expected = new Groove();
        Groove found = new Groove();
        for (int seed = 0; seed < 8; seed++) {
            TapWindow taps = RandomModels.taps(seed);
            shipped.decoder().decode(taps, KernelParityTest.predict(scalar, taps), temperature, seed, expected);
            shipped.decoder().decode(taps, KernelParityTest.predict(vector, taps), temperature, seed, found);
            assertThat(found.hits).containsExactly(expected.hits);
            assertThat(found.hitCount()).isPositive();
        }
    }

    /** One weight of 1.3 million, in the middle of the network, and the comparison above fails. */
    @Test
    void shouldNoticeOneWeightThatIsWrong() {
        TrainedModel shipped = Models.load(Models.TAP2DRUM);
        LstmConfig config = shipped.weights().config();
        List<Tensor> tensors = shipped.weights().tensors();
        Path file = folder.resolve("changed.safetensors");
        SafetensorsWriter.write(file, RandomModels.changed(tensors, "layers.1.backward.R", 70_000, 1), config.metadata());
        TapModel changed = new LstmTapModel(
                InferenceEngine.VECTOR_FP32.open(LstmWeights.of(Safetensors.open(file), config), Grid.STEPS));
        TapModel scalar = shipped.open(InferenceEngine.SCALAR);
        assertThatThrownBy(() -> KernelParityTest.assertClose(KernelParityTest.predict(changed, RandomModels.taps(1)),
                KernelParityTest.predict(scalar, RandomModels.taps(1)), 2e-5f)).isInstanceOf(AssertionError.class);
    }

    private static Prediction write(Seq2SeqNetwork network, int seed) {
        float[] embedding = new float[network.config().embedded()];
        network.embed(Seq2SeqKernelTest.groove(seed), embedding);
        Groove score = Seq2SeqKernelTest.groove(seed + 100);
        Prediction said = new Prediction();
        network.write(Arrays.copyOf(embedding, network.config().latent()), score, StepSampler.hitsOf(score), said,
                new Groove());
        return said;
    }
}
