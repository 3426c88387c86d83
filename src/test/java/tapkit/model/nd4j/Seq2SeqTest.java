package tapkit.model.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import tapkit.grid.Grid;
import tapkit.model.Prediction;
import tapkit.train.GrooveLoss;

class Seq2SeqTest {
    private static final GrooveLoss LOSS = new GrooveLoss(true, 9, 9);

    @Test
    void shouldHaveTheGradientsOfFiniteDifferencesFromTheHeadsToTheEncoder() {
        Seq2Seq.Sizes sizes = new Seq2Seq.Sizes(4, 3, 5, 2, 4);
        ComputationGraph graph = Seq2Seq.create(sizes, DataType.DOUBLE, 1, new Sgd(1), LOSS);
        int rows = sizes.steps() * 3;
        Gradients.check(graph, groove(1, rows), groove(2, rows), groove(3, rows));
    }

    @Test
    void shouldHaveThePapersSizes() {
        ComputationGraph graph = Seq2Seq.create(Seq2Seq.Sizes.PAPER, DataType.FLOAT, 1, new Sgd(1), LOSS);
        // The paper's network without the second half of its variational bottleneck.
        assertThat(graph.params().length()).isEqualTo(4_085_019 - 262_400);
    }

    /** Step by step with its own answers fed back, the network says what it says when it gets the same answers as teacher, where
     * there are taps; elsewhere it is silent. */
    @Test
    void shouldWriteWhatTeacherForcingOfItsOwnAnswersSays() {
        int batch = 3;
        Seq2Seq.Sizes sizes = new Seq2Seq.Sizes(16, 8, 16, 2, Grid.STEPS);
        ComputationGraph graph = Seq2Seq.create(sizes, DataType.FLOAT, 1, new Sgd(1), LOSS);
        INDArray taps = groove(5, Grid.STEPS * batch).castTo(DataType.FLOAT);
        List<Prediction> written = new Seq2Seq(graph, sizes, batch).write(taps, 0.5);
        INDArray previous = Nd4j.create(DataType.FLOAT, taps.rows(), Seq2Seq.COLUMNS);
        int fedBack = 0;
        for (int n = 0; n < batch; n++) {
            Prediction own = written.get(n);
            for (int cell = 0; cell < Grid.CELLS - Grid.VOICES; cell++) {
                if (own.probabilities[cell] >= 0.5) {
                    int row = (cell / Grid.VOICES + 1) * batch + n;
                    int voice = cell % Grid.VOICES;
                    previous.putScalar(row, voice, 1);
                    previous.putScalar(row, 9 + voice, own.velocities[cell]);
                    previous.putScalar(row, 18 + voice, own.offsets[cell]);
                    fedBack++;
                }
            }
        }
        assertThat(fedBack).isBetween(50, 800);
        INDArray forced = graph.outputSingle(taps, previous);
        int silent = 0;
        for (int n = 0; n < batch; n++) {
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                int row = cell / Grid.VOICES * batch + n;
                boolean tapped = taps.getRow(row).maxNumber().floatValue() > 0;
                double p = tapped ? 1 / (1 + Math.exp(-forced.getDouble(row, cell % Grid.VOICES))) : 0;
                silent += tapped ? 0 : 1;
                assertThat((double) written.get(n).probabilities[cell]).isCloseTo(p, within(1e-5));
            }
        }
        // some steps have no tap, most have one
        assertThat(silent).isBetween(1, Grid.CELLS);
    }

    private static INDArray groove(long seed, int rows) {
        SplittableRandom random = new SplittableRandom(seed);
        INDArray array = Nd4j.create(DataType.DOUBLE, rows, Seq2Seq.COLUMNS);
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
