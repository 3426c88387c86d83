package tapkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tapkit.grid.Grid;
import tapkit.grid.Groove;

/** The kernels of the paper's Seq2Seq agree with each other, with DL4J and with nothing but the weights. */
final class Seq2SeqKernelTest {
    private static final Seq2SeqConfig SMALL = new Seq2SeqConfig(Seq2SeqTask.TRANSFER, 5, 3, 7, 2, true);
    /** The JIT compiler may compile once more while what is interpreted boxes its vectors; what allocates does so every time. */
    private static final int ATTEMPTS = 5;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"HUMANIZE,1,1,1,1,false", "TRANSFER,5,3,7,2,true", "SAMPLE,33,20,16,3,true", "TAP2DRUM,64,32,32,2,false",
            "TRANSFER,70,40,48,2,false"})
    void shouldAgreeWithTheScalarOracle(Seq2SeqTask task, int encoder, int latent, int decoder, int layers,
            boolean variational) {
        Seq2SeqConfig config = new Seq2SeqConfig(task, encoder, latent, decoder, layers, variational);
        List<Tensor> tensors = RandomModels.tensors(config.shapes(), encoder);
        for (Precision precision : Precision.values()) {
            Seq2SeqNetwork vector = new VectorSeq2Seq(weights(config, tensors), precision);
            Seq2SeqNetwork scalar = new ScalarSeq2Seq(weights(config, RandomModels.rounded(tensors, precision)));
            for (int seed = 0; seed < 5; seed++) {
                assertClose(run(vector, seed), run(scalar, seed), 1e-5f);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Seq2SeqTask.class)
    void shouldAgreeWithDl4j(Seq2SeqTask task) {
        Seq2SeqConfig config = new Seq2SeqConfig(task, 24, 12, 20, 2, task == Seq2SeqTask.SAMPLE);
        Seq2SeqWeights weights = weights(config, RandomModels.tensors(config.shapes(), 4));
        for (int seed = 0; seed < 3; seed++) {
            Answer reference = run(InferenceEngine.ND4J.open(weights), seed);
            assertClose(run(new VectorSeq2Seq(weights, Precision.FP32), seed), reference, 1e-4f);
            assertClose(run(new ScalarSeq2Seq(weights), seed), reference, 1e-4f);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveTheSameBitsWhateverCameBefore(Precision precision) {
        Seq2SeqWeights weights = weights(SMALL, RandomModels.tensors(SMALL.shapes(), 1));
        Seq2SeqNetwork used = new VectorSeq2Seq(weights, precision);
        Answer first = run(used, 1);
        for (int seed = 2; seed < 10; seed++) {
            run(used, seed);
        }
        assertClose(run(used, 1), first, 0);
        assertClose(run(new VectorSeq2Seq(weights, precision), 1), first, 0);
    }

    /** Hit by hit as a bar goes by, and then with changes anywhere: never other bits than those of a network that hears it once. */
    @Test
    void shouldGoOnFromWhatItHasReadWithTheSameBits() {
        Seq2SeqWeights weights = weights(SMALL, RandomModels.tensors(SMALL.shapes(), 1));
        Seq2SeqNetwork running = new VectorSeq2Seq(weights, Precision.SHIPPED);
        Groove whole = groove(1);
        Groove read = new Groove();
        float[] found = new float[SMALL.embedded()];
        float[] expected = new float[found.length];
        SplittableRandom random = new SplittableRandom(2);
        for (int n = 0; n < 2 * Grid.CELLS; n++) {
            int cell = n < Grid.CELLS ? n : random.nextInt(Grid.CELLS);
            if (n < Grid.CELLS && whole.hits[cell] == 0) {
                continue;
            }
            float velocity = n < Grid.CELLS ? whole.velocities[cell] : (float) random.nextDouble(0.1, 1);
            read.set(cell / Grid.VOICES, cell % Grid.VOICES, whole.offsets[cell], velocity);
            running.embed(read, found);
            new VectorSeq2Seq(weights, Precision.SHIPPED).embed(read, expected);
            assertThat(found).containsExactly(expected);
            running.embed(read, found);
            assertThat(found).containsExactly(expected);
        }
    }

    /** Grooves side by side are the same as one after another, however many there are. */
    @ParameterizedTest
    @EnumSource
    void shouldWriteManyCandidatesWithTheBitsOfEach(Precision precision) {
        Seq2SeqConfig config = new Seq2SeqConfig(Seq2SeqTask.TRANSFER, 5, 3, 37, 3, true);
        Seq2SeqNetwork network = new VectorSeq2Seq(weights(config, RandomModels.tensors(config.shapes(), 1)), precision);
        Groove score = groove(1);
        StepSampler sampler = StepSampler.likely(0.5);
        SplittableRandom random = new SplittableRandom(1);
        for (int count : new int[]{1, 4, 7}) {
            float[][] z = new float[count][config.latent()];
            Prediction[] said = Stream.generate(Prediction::new).limit(count).toArray(Prediction[]::new);
            Groove[] out = Stream.generate(Groove::new).limit(count).toArray(Groove[]::new);
            for (float[] one : z) {
                for (int j = 0; j < one.length; j++) {
                    one[j] = (float) random.nextGaussian();
                }
            }
            network.write(z, score, sampler, said, out);
            for (int i = 0; i < count; i++) {
                Prediction expected = new Prediction();
                Groove alone = new Groove();
                network.write(z[i], score, sampler, expected, alone);
                assertThat(said[i].probabilities).containsExactly(expected.probabilities);
                assertThat(said[i].offsets).containsExactly(expected.offsets);
                assertThat(out[i].velocities).containsExactly(alone.velocities);
            }
        }
    }

    static Stream<String> tensors() {
        return SMALL.shapes().keySet().stream();
    }

    /** Every weight matters: were a tensor read from a wrong place or not at all, parity of the kernels would not show it. */
    @ParameterizedTest
    @MethodSource("tensors")
    void shouldAnswerDifferentlyWhenAnyTensorChanges(String name) {
        Seq2SeqWeights whole = weights(SMALL, RandomModels.tensors(SMALL.shapes(), 3));
        List<Tensor> tensors = RandomModels.tensors(SMALL.shapes(), 3);
        int last = (int) Tensor.count(SMALL.shapes().get(name)) - 1;
        Seq2SeqWeights mutated = weights(SMALL,
                RandomModels.changed(RandomModels.changed(tensors, name, 0, 0.5f), name, last, 0.5f));
        assertThat(run(new ScalarSeq2Seq(mutated), 4).difference(run(new ScalarSeq2Seq(whole), 4))).as("scalar")
                .isGreaterThan(1e-4f);
        for (Precision precision : Precision.values()) {
            assertThat(run(new VectorSeq2Seq(mutated, precision), 4).difference(run(new VectorSeq2Seq(whole, precision), 4)))
                    .as(precision.name()).isGreaterThan(1e-4f);
        }
    }

    @Test
    void shouldDrawTheEmbeddingByTheTemperature() {
        Seq2SeqNetwork network = new VectorSeq2Seq(weights(SMALL, RandomModels.tensors(SMALL.shapes(), 1)), Precision.SHIPPED);
        float[] embedding = new float[SMALL.embedded()];
        network.embed(groove(1), embedding);
        double[] sum = new double[SMALL.latent()];
        double[] squares = new double[SMALL.latent()];
        SplittableRandom random = new SplittableRandom(1);
        float[] z = new float[SMALL.latent()];
        int draws = 20_000;
        for (int i = 0; i < draws; i++) {
            network.embed(groove(1), 0.5, random, z);
            for (int j = 0; j < z.length; j++) {
                sum[j] += z[j];
                squares[j] += z[j] * z[j];
            }
        }
        for (int j = 0; j < z.length; j++) {
            double mean = sum[j] / draws;
            double deviation = Math.log1p(Math.exp(embedding[z.length + j]));
            assertThat(mean).isCloseTo(embedding[j], within(0.02));
            assertThat(Math.sqrt(squares[j] / draws - mean * mean)).isCloseTo(0.5 * deviation, within(0.02));
        }
        network.embed(groove(1), 0, random, z);
        assertThat(z).containsExactly(Arrays.copyOf(embedding, z.length));
    }

    @ParameterizedTest
    @CsvSource({"VECTOR_FP32,10000", "VECTOR_BF16,10000", "VECTOR_INT8,10000", "SCALAR,1000"})
    void shouldAllocateNothing(InferenceEngine engine, int inferences) {
        Seq2SeqConfig config = new Seq2SeqConfig(Seq2SeqTask.TRANSFER, 16, 8, 16, 2, true);
        Seq2SeqNetwork network = engine.open(weights(config, RandomModels.tensors(config.shapes(), 1)));
        Groove[] read = {groove(1), groove(2), groove(3)};
        StepSampler[] samplers = Stream.of(read).map(StepSampler::hitsOf).toArray(StepSampler[]::new);
        Runnable[] inference = new Runnable[read.length];
        for (int i = 0; i < read.length; i++) {
            Groove groove = read[i];
            StepSampler sampler = samplers[i];
            float[] embedding = new float[config.embedded()];
            float[] z = new float[config.latent()];
            Prediction said = new Prediction();
            Groove out = new Groove();
            inference[i] = () -> {
                network.embed(groove, embedding);
                System.arraycopy(embedding, 0, z, 0, z.length);
                network.write(z, groove, sampler, said, out);
            };
        }
        int quiet = 0;
        for (int i = 0; i < 20_000 && quiet < 200; i++) {
            quiet = allocated(inference, 1) == 0 ? quiet + 1 : 0;
        }
        long allocated = Long.MAX_VALUE;
        for (int i = 0; i < ATTEMPTS && allocated > 0; i++) {
            allocated = allocated(inference, inferences);
        }
        assertThat(allocated).isZero();
    }

    private static long allocated(Runnable[] inference, int times) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < times; i++) {
            inference[i % inference.length].run();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static final class Answer {
        private final float[] embedding;
        private final Prediction said = new Prediction();

        private Answer(int embedded) {
            embedding = new float[embedded];
        }

        float difference(Answer other) {
            return Math.max(difference(embedding, other.embedding),
                    Math.max(difference(said.probabilities, other.said.probabilities),
                            Math.max(difference(said.velocities, other.said.velocities),
                                    difference(said.offsets, other.said.offsets))));
        }

        private static float difference(float[] a, float[] b) {
            float largest = 0;
            for (int i = 0; i < a.length; i++) {
                largest = Math.max(largest, Math.abs(a[i] - b[i]));
            }
            return largest;
        }
    }

    /** Hits are given, so that kernels that differ in the last bit don't go different ways. */
    private static Answer run(Seq2SeqNetwork network, int seed) {
        Answer answer = new Answer(network.config().embedded());
        network.embed(groove(seed), answer.embedding);
        Groove score = groove(seed + 100);
        network.write(Arrays.copyOf(answer.embedding, network.config().latent()), score, StepSampler.hitsOf(score),
                answer.said, new Groove());
        return answer;
    }

    private static void assertClose(Answer found, Answer expected, float tolerance) {
        assertThat(found.difference(expected)).isLessThanOrEqualTo(tolerance);
    }

    private Seq2SeqWeights weights(Seq2SeqConfig config, List<Tensor> tensors) {
        Path file = folder.resolve("weights.safetensors");
        SafetensorsWriter.write(file, tensors, config.metadata());
        Safetensors opened = Safetensors.open(file);
        return Seq2SeqWeights.of(Seq2SeqConfig.of(opened), opened);
    }

    static Groove groove(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Groove groove = new Groove();
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            if (random.nextInt(5) == 0) {
                groove.set(cell / Grid.VOICES, cell % Grid.VOICES, (float) random.nextDouble(-0.5, 0.5),
                        (float) random.nextDouble(0.1, 1));
            }
        }
        return groove;
    }
}
