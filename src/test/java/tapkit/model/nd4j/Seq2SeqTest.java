package tapkit.model.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.model.Prediction;
import tapkit.model.Seq2SeqConfig;
import tapkit.model.Seq2SeqTask;
import tapkit.model.StepSampler;
import tapkit.train.GrooveLoss;
import tapkit.train.LatentLoss;

class Seq2SeqTest {
    private static final GrooveLoss LOSS = new GrooveLoss(true, 9, 9);
    /** Few nats are free: the examples of the gradient checks have more, so the bottleneck counts. */
    private static final LatentLoss LATENT = new LatentLoss(0.2, 0.1);

    @ParameterizedTest
    @CsvSource({"TAP2DRUM,false", "HUMANIZE,true", "TRANSFER,false", "TRANSFER,true"})
    void shouldHaveTheGradientsOfFiniteDifferencesFromTheHeadsToTheEncoder(Seq2SeqTask task, boolean variational) {
        Seq2SeqConfig config = new Seq2SeqConfig(task, 4, 3, 5, 2, variational);
        int steps = 4;
        ComputationGraph graph = Seq2Seq.create(config, steps, DataType.DOUBLE, 0.2, 1, new Sgd(1), LOSS, LATENT);
        int rows = steps * 3;
        INDArray told = Nd4j.concat(1, groove(3, rows), groove(4, rows))
                .get(NDArrayIndex.all(), NDArrayIndex.interval(0, config.decoderInputs())).dup('c');
        List<INDArray> labels = variational
                ? List.of(groove(1, rows), Nd4j.zeros(DataType.DOUBLE, 3, config.embedded()))
                : List.of(groove(1, rows));
        Gradients.check(graph, labels, groove(2, rows), told);
    }

    @Test
    void shouldHaveThePapersSizes() {
        assertThat(weights(false)).isEqualTo(4_085_019 - 262_400);
        assertThat(weights(true)).isEqualTo(4_085_019);
    }

    private static long weights(boolean variational) {
        Seq2SeqConfig config = Seq2SeqConfig.paper(Seq2SeqTask.HUMANIZE, variational);
        long weights = Seq2Seq.create(config, Grid.STEPS, DataType.FLOAT, 0, 1, new Sgd(1), LOSS, LATENT).params().length();
        long inFile = config.shapes().values().stream().mapToLong(shape -> shape.stream().reduce(1, (a, b) -> a * b)).sum();
        assertThat(inFile).isEqualTo(weights);
        return weights;
    }

    /** The noise of z is another at each iteration, the same again at the same one, and none when nothing is trained. */
    @Test
    void shouldDrawTheEmbeddingWhileTrainingOnly() {
        Seq2SeqConfig config = new Seq2SeqConfig(Seq2SeqTask.SAMPLE, 4, 3, 5, 1, true);
        ComputationGraph graph = Seq2Seq.create(config, 4, DataType.DOUBLE, 0, 1, new Sgd(1), LOSS, LATENT);
        INDArray[] inputs = {groove(2, 12), groove(3, 12)};
        INDArray embedding = graph.feedForward(inputs, false).get("embedding").dup();
        INDArray means = embedding.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 3));
        assertThat(graph.feedForward(inputs, false).get("z").distance2(means)).isZero();
        INDArray drawn = graph.feedForward(inputs, true).get("z").dup();
        assertThat(drawn.distance2(means)).isGreaterThan(0.5);
        assertThat(graph.feedForward(inputs, true).get("z").distance2(drawn)).isZero();
        graph.getConfiguration().setIterationCount(1);
        assertThat(graph.feedForward(inputs, true).get("z").distance2(drawn)).isGreaterThan(0.5);
    }

    /** Step by step with its own answers fed back, the network says what it says when it gets the same answers as teacher. */
    @ParameterizedTest
    @EnumSource(Seq2SeqTask.class)
    void shouldWriteWhatTeacherForcingOfItsOwnAnswersSays(Seq2SeqTask task) {
        int batch = 3;
        Seq2SeqConfig config = new Seq2SeqConfig(task, 16, 8, 16, 2, false);
        ComputationGraph graph = Seq2Seq.create(config, Grid.STEPS, DataType.FLOAT, 0, 1, new Sgd(1), LOSS, LATENT);
        INDArray read = groove(5, Grid.STEPS * batch).castTo(DataType.FLOAT);
        List<Groove> scores = IntStream.range(0, batch).mapToObj(Seq2SeqTest::score).toList();
        List<Groove> out = IntStream.range(0, batch).mapToObj(n -> new Groove()).toList();
        List<StepSampler> samplers = scores.stream()
                .map(score -> task.controlled() ? StepSampler.hitsOf(score) : StepSampler.likely(0.5)).toList();
        Seq2Seq network = new Seq2Seq(graph, config, batch);
        List<Prediction> said = network.write(network.embed(read), scores, samplers, out);
        int width = config.decoderInputs();
        float[] told = new float[Grid.STEPS * batch * width];
        for (int n = 0; n < batch; n++) {
            assertThat(out.get(n).hitCount()).isBetween(30, 250);
            for (int step = 0; step < Grid.STEPS; step++) {
                if (step > 0) {
                    Seq2Seq.told(task, out.get(n), step - 1, told, (step * batch + n) * width);
                }
                if (task.controlled()) {
                    System.arraycopy(scores.get(n).hits, Grid.cell(step, 0), told, (step * batch + n) * width + 27, 9);
                }
            }
        }
        INDArray forced = graph.outputSingle(read, Nd4j.createFromArray(told).reshape('c', Grid.STEPS * batch, width));
        for (int n = 0; n < batch; n++) {
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                double raw = forced.getDouble(cell / Grid.VOICES * batch + n, cell % Grid.VOICES);
                assertThat((double) said.get(n).probabilities[cell]).isCloseTo(1 / (1 + Math.exp(-raw)), within(1e-5));
            }
        }
    }

    private static Groove score(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Groove score = new Groove();
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            score.hits[cell] = random.nextInt(3) == 0 ? 1 : 0;
        }
        return score;
    }

    private static INDArray groove(long seed, int rows) {
        SplittableRandom random = new SplittableRandom(seed);
        INDArray array = Nd4j.create(DataType.DOUBLE, rows, Seq2SeqConfig.COLUMNS);
        for (int i = 0; i < rows; i++) {
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                if (random.nextInt(3) == 0) {
                    array.putScalar(i, voice, 1);
                    array.putScalar(i, 9 + voice, random.nextDouble());
                    array.putScalar(i, 18 + voice, random.nextDouble(-0.5, 0.5));
                }
            }
        }
        return array;
    }
}
