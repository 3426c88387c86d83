package tapkit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tapkit.data.Score.Note;
import tapkit.data.Score.Tempo;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.grid.TapWindow;

class QuantizerTest {
    private static final int BAR = 1920;
    private static final int STEP = 120;

    @Test
    void shouldPutAnEarlyDownbeatIntoItsOwnBar() {
        Score score = score(note(BAR - 50, 36, 100), note(3 * BAR - 60, 38, 90), note(3 * BAR - 61, 42, 80));
        Groove aligned = new Groove();
        Quantizer.groove(score, 1, Windowing.ALIGNED, aligned);
        assertThat(aligned.offsets[Grid.cell(0, 0)]).isEqualTo(-50f / STEP);
        assertThat(aligned.isHit(31, 2)).isTrue();
        assertThat(aligned.hitCount()).isEqualTo(2);
        Quantizer.groove(score, 3, Windowing.ALIGNED, aligned);
        assertThat(aligned.offsets[Grid.cell(0, 1)]).isEqualTo(-0.5f);
        Groove cut = new Groove();
        Quantizer.groove(score, 1, Windowing.CUT, cut);
        assertThat(cut.hitCount()).isEqualTo(1);
        Quantizer.groove(score, 0, Windowing.CUT, cut);
        assertThat(cut.isHit(16, 0)).isTrue();
        assertThat(Quantizer.barsCovering(score)).isEqualTo(4);
    }

    @Test
    void shouldPutAWholeScoreOnTheGridAsItsWindowsAre() {
        Score score = score(note(BAR - 50, 36, 100), note(BAR + 20, 36, 70), note(3 * BAR - 61, 42, 80), note(5 * BAR, 81, 1));
        Piece piece = Quantizer.piece(score);
        assertThat(piece.bars()).isEqualTo(6);
        assertThat(piece.bpm(0)).isEqualTo(score.bpmAt(0));
        Groove fromPiece = new Groove();
        Groove fromScore = new Groove();
        for (int bar = -1; bar < 6; bar++) {
            piece.window(bar, fromPiece);
            Quantizer.groove(score, bar, Windowing.ALIGNED, fromScore);
            assertThat(fromPiece).usingRecursiveComparison().isEqualTo(fromScore);
        }
    }

    @Test
    void shouldKeepTheLoudestOfACellAndTheFirstOfEquals() {
        Score score = score(note(STEP - 10, 38, 50), note(STEP, 40, 90), note(STEP + 5, 37, 90), note(STEP + 9, 81, 127));
        Groove groove = new Groove();
        Quantizer.groove(score, 0, Windowing.ALIGNED, groove);
        assertThat(groove.hitCount()).isEqualTo(1);
        assertThat(groove.offsets[Grid.cell(1, 1)]).isZero();
        assertThat(groove.velocities[Grid.cell(1, 1)]).isEqualTo(90 / 127f);
    }

    @Test
    void shouldTakeEveryNoteAsATapAtTheTempoOfItsBar() {
        Score score = new Score(96, List.of(new Tempo(4 * 96, 1_000_000)), List.of(), List.of(new Note(1, 2, 0, 3, 81, 40),
                new Note(5 * 96, 5 * 96 + 1, 0, 0, 0, 127)), List.of());
        TapWindow taps = new TapWindow();
        Quantizer.taps(score, 0, taps);
        assertThat(taps.bpm).isEqualTo(120);
        assertThat(taps.count()).isEqualTo(2);
        assertThat(taps.velocities[20]).isEqualTo(1);
        Quantizer.taps(score, 1, taps);
        assertThat(taps.bpm).isEqualTo(60);
        assertThat(taps.count()).isEqualTo(1);
    }

    @Test
    void shouldRoundBarsToEvenAsTheReferenceDoes() {
        assertThat(Quantizer.bars(score(new Note(0, BAR * 5 / 2, 0, 9, 36, 1)))).isEqualTo(2);
        assertThat(Quantizer.bars(score(new Note(0, BAR * 7 / 2, 0, 9, 36, 1)))).isEqualTo(4);
        assertThat(Quantizer.bars(score(new Note(0, BAR / 2, 0, 9, 36, 1)))).isZero();
    }

    @Test
    void shouldFindAgainWhatAScoreWasBuiltOf() {
        SplittableRandom random = new SplittableRandom(3);
        List<Groove> bars = new ArrayList<>();
        ScoreBuilder builder = ScoreBuilder
                .like(new Score(25, List.of(new Tempo(7, 300_000), new Tempo(999_999, 1)),
                        List.of(), List.of(new Note(0, 100, 0, 9, 36, 1)), List.of()));
        int track = builder.track("drums");
        for (int bar = 0; bar < 8; bar += 2) {
            Groove groove = new Groove();
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                if (random.nextInt(4) == 0 && (bar > 0 || cell >= Grid.VOICES)) {
                    groove.set(cell / Grid.VOICES, cell % Grid.VOICES, -0.5f + random.nextFloat() * 0.99999f,
                            (1 + random.nextInt(127)) / 127f);
                }
            }
            bars.add(groove);
            builder.drums(track, bar, groove, 0, 16);
            builder.drums(track, bar + 1, groove, 16, 0);
            builder.drums(track, bar, groove, 16, 16);
        }
        Score score = builder.build();
        assertThat(score.ticksPerBeat()).isEqualTo(500);
        assertThat(score.secondsAt(500)).isEqualTo(7 / 25.0 * 0.5 + 18 / 25.0 * 0.3, within(1e-9));
        for (int i = 0; i < bars.size(); i++) {
            Groove found = new Groove();
            Quantizer.groove(score, 2 * i, Windowing.ALIGNED, found);
            assertThat(found.hits).isEqualTo(bars.get(i).hits);
            assertThat(found.velocities).isEqualTo(bars.get(i).velocities);
            assertThat(found.offsets).containsExactly(bars.get(i).offsets, within(1f / 125));
        }
    }

    @Test
    void shouldPlayAHitBeforeTheFileAtItsStart() {
        Groove groove = new Groove();
        groove.set(0, 0, -0.4f, 1);
        ScoreBuilder builder = ScoreBuilder.at(100);
        builder.drums(builder.track("drums"), 0, groove, 0, 32);
        builder.drums(1, 1, groove, 0, 32);
        assertThat(builder.build().notes()).extracting(Note::onTick).containsExactly(0L, 1872L);
        assertThat(builder.build().bpmAt(0)).isEqualTo(100);
    }

    private static Note note(long tick, int note, int velocity) {
        return new Note(tick, tick + 10, 0, 9, note, velocity);
    }

    private static Score score(Note... notes) {
        return new Score(480, List.of(), List.of(), List.of(notes), List.of());
    }
}
