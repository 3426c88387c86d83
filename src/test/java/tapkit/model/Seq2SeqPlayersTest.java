package tapkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.UserError;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.grid.TapWindow;
import tapkit.grid.Voice;

/** What each of the paper's LSTM models keeps of what it is given. */
class Seq2SeqPlayersTest {
    private static final Piece NO_CONTEXT = new Piece(120);

    @TempDir
    private Path folder;

    @Test
    void shouldKeepTheHitsOfAScore() {
        List<Groove> known = List.of(Seq2SeqKernelTest.groove(7), Seq2SeqKernelTest.groove(8));
        Piece feel = new Piece(120, 120);
        feel.add(3, 1, 0.2f, 0.8f);
        for (Humanizer humanizer : List.of(new Seq2SeqHumanizer(open(Seq2SeqTask.HUMANIZE, true), 0.5),
                new NearestFeel(open(Seq2SeqTask.TRANSFER, false), known),
                new GrooveTransfer(open(Seq2SeqTask.TRANSFER, true), feel, 0, 1))) {
            Groove score = score(1);
            Groove played = score(1);
            humanizer.humanize(NO_CONTEXT, 0, 1, played);
            assertThat(played.hits).isEqualTo(score.hits);
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                assertThat(played.velocities[cell]).isBetween(0f, score.hits[cell]);
                assertThat(played.offsets[cell]).isBetween(-0.5f * score.hits[cell], 0.5f * score.hits[cell]);
            }
        }
    }

    /** Of equal neighbours the mean is what each of them has, so this must be Groove Transfer's own answer. */
    @Test
    void shouldPlayWithTheMeanEmbeddingOfTheNearest() {
        Groove near = Seq2SeqKernelTest.groove(7);
        Groove played = score(1);
        new NearestFeel(open(Seq2SeqTask.TRANSFER, true), List.of(near, near, near)).humanize(NO_CONTEXT, 0, 1, played);
        Piece feel = new Piece(120, 120);
        System.arraycopy(near.hits, 0, feel.hits, 0, Grid.CELLS);
        System.arraycopy(near.offsets, 0, feel.offsets, 0, Grid.CELLS);
        System.arraycopy(near.velocities, 0, feel.velocities, 0, Grid.CELLS);
        Groove transferred = score(1);
        new GrooveTransfer(open(Seq2SeqTask.TRANSFER, true), feel, 0, 1).humanize(NO_CONTEXT, 0, 1, transferred);
        assertThat(played.offsets).containsExactly(transferred.offsets, within(1e-6f));
        assertThat(played.velocities).containsExactly(transferred.velocities, within(1e-6f));
    }

    @Test
    void shouldFillInTheVoiceThatItHasLearnedAndNoOther() {
        Seq2SeqInfiller infiller = new Seq2SeqInfiller(open(Seq2SeqTask.INFILL, false), 0);
        Groove rest = new Groove();
        Seq2SeqTask.INFILL.read(Seq2SeqKernelTest.groove(2), rest);
        Groove filled = new Groove();
        filled.copyFrom(rest);
        infiller.infill(NO_CONTEXT, 0, Set.of(Voice.CLOSED_HAT), 1, filled);
        int hats = 0;
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            if (cell % Grid.VOICES == Voice.CLOSED_HAT.ordinal()) {
                hats += filled.hits[cell] != 0 ? 1 : 0;
            } else {
                assertThat(filled.hits[cell]).isEqualTo(rest.hits[cell]);
                assertThat(filled.offsets[cell]).isEqualTo(rest.offsets[cell]);
                assertThat(filled.velocities[cell]).isEqualTo(rest.velocities[cell]);
            }
        }
        assertThat(hats).isPositive();
        assertThatThrownBy(() -> infiller.infill(NO_CONTEXT, 0, Set.of(Voice.RIDE), 1, filled)).isInstanceOf(UserError.class)
                .hasMessageContaining("closed-hat only");
    }

    @Test
    void shouldAnswerTapsWhereThereAreAny() {
        TapModel model = new Seq2SeqTapModel(open(Seq2SeqTask.TAP2DRUM, false));
        TapWindow taps = new TapWindow();
        taps.add(4, 0.25f, 1);
        taps.add(9, -0.25f, 1);
        Prediction said = new Prediction();
        model.predict(taps, said);
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            int step = cell / Grid.VOICES;
            if (taps.taps[step] == 0) {
                assertThat(said.probabilities[cell]).isZero();
            } else {
                assertThat(said.probabilities[cell]).isPositive();
                // From the tap; from the grid it is within half a step.
                assertThat(said.offsets[cell] + taps.offsets[step]).isBetween(-0.5f, 0.5f);
            }
        }
    }

    private Seq2SeqNetwork open(Seq2SeqTask task, boolean variational) {
        Path file = folder.resolve(task + ".safetensors");
        RandomModels.saveSeq2Seq(file, task, variational, 3);
        return TrainedSeq2Seq.load(file).open(InferenceEngine.VECTOR);
    }

    private static Groove score(long seed) {
        Groove score = new Groove();
        Seq2SeqTask.HUMANIZE.read(Seq2SeqKernelTest.groove(seed), score);
        return score;
    }
}
