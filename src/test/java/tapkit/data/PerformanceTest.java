package tapkit.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tapkit.data.Score.Note;
import tapkit.data.Score.Tempo;
import tapkit.data.Score.TimeSignature;
import tapkit.grid.Grid;
import tapkit.grid.Piece;

class PerformanceTest {
    private static final int KICK = 36;

    @Test
    void shouldMoveNotesToTheOffsetsAndVelocitiesOfTheirCells() {
        Score score = score(96, new Note(0, 48, 0, 9, KICK, 100), new Note(26, 40, 0, 3, 40, 90));
        Piece performed = Quantizer.piece(score).score();
        set(performed, 0, 0, 0.25f, 0.5f);
        set(performed, 1, 1, -0.5f, 1);
        Score played = Performance.of(score, performed);
        // 96 ticks a beat are too few for microtiming: five times as many, 120 for a step.
        assertThat(played.ticksPerBeat()).isEqualTo(480);
        assertThat(played.notes()).containsExactly(new Note(30, 270, 0, 9, KICK, 64), new Note(60, 130, 0, 3, 40, 127));
        assertThat(played.tempos()).containsExactly(new Tempo(0, 500_000), new Tempo(1920, 400_000));
        assertThat(played.timeSignatures()).containsExactly(new TimeSignature(0, 4, 4));
        assertThat(played.trackNames()).containsExactly("Kit");
    }

    @Test
    void shouldKeepWhatBelongsToNoVoice() {
        Note cowbell = new Note(100, 200, 0, 9, 56, 70);
        Score score = score(480, cowbell, new Note(480, 500, 0, 9, KICK, 100));
        assertThat(Performance.of(score, Quantizer.piece(score).score()).notes()).hasSize(2).contains(cowbell);
    }

    @Test
    void shouldMoveAllNotesOfACellTogether() {
        Score score = score(480, new Note(470, 475, 0, 9, 38, 30), new Note(480, 500, 0, 9, 40, 100));
        Piece performed = Quantizer.piece(score).score();
        set(performed, 4, 1, 0.5f, 0.1f);
        assertThat(Performance.of(score, performed).notes()).containsExactly(new Note(530, 535, 0, 9, 38, 30),
                new Note(540, 560, 0, 9, 40, 13));
    }

    @Test
    void shouldNotBeginBeforeTheFile() {
        Score score = score(480, new Note(0, 50, 0, 9, KICK, 100));
        Piece performed = Quantizer.piece(score).score();
        set(performed, 0, 0, -0.3f, 0);
        assertThat(Performance.of(score, performed).notes()).containsExactly(new Note(0, 50, 0, 9, KICK, 1));
    }

    private static void set(Piece piece, int step, int voice, float offset, float velocity) {
        assertThat(piece.hits[Grid.cell(step, voice)]).isEqualTo(1);
        piece.offsets[Grid.cell(step, voice)] = offset;
        piece.velocities[Grid.cell(step, voice)] = velocity;
    }

    private static Score score(int ticksPerBeat, Note... notes) {
        return new Score(ticksPerBeat, List.of(new Tempo(0, 500_000), new Tempo(4L * ticksPerBeat, 400_000)),
                List.of(new TimeSignature(0, 4, 4)), List.of(notes), List.of("Kit"));
    }
}
