package tapkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tapkit.data.Score;
import tapkit.data.Score.Note;
import tapkit.data.Score.Tempo;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.grid.Voice;

final class HumanizeTest {
    private static final int TICKS = 480;
    private static final int STEP = TICKS / 4;
    private static final int DRUMS = 9;
    /** A quarter of a step late, and as loud as can be on beats. */
    private static final Humanizer LATE = (score, bar, seed, groove) -> each(groove,
            (step, voice) -> groove.set(step, voice, 0.2f, step % 4 == 0 ? 1 : 0.5f));

    @Test
    void shouldMoveEveryNoteAndLoseNone() {
        List<Note> notes = IntStream.range(0, 16 * 7).mapToObj(step -> drum((long) step * STEP, step % 3 == 0 ? 36 : 42, 80))
                .toList();
        Score played = new Humanize(LATE).perform(score(notes), 1);
        assertThat(played.notes()).hasSameSizeAs(notes);
        for (int i = 0; i < notes.size(); i++) {
            Note note = played.notes().get(i);
            assertThat(note.onTick()).isEqualTo(notes.get(i).onTick() + 24);
            assertThat(note.offTick() - note.onTick()).isEqualTo(50);
            assertThat(note.note()).isEqualTo(notes.get(i).note());
            assertThat(note.velocity()).isEqualTo(i % 4 == 0 ? 127 : 64);
        }
    }

    @Test
    void shouldAverageBothWindowsOfABarSoThatNoLineIsASeam() {
        Humanizer unsure = (score, bar, seed, groove) -> each(groove,
                (step, voice) -> groove.set(step, voice, bar % 2 == 0 ? 0.2f : -0.2f, 0.5f));
        Score played = new Humanize(unsure).perform(score(List.of(drum(0, 36, 80), drum(1920, 36, 80), drum(3840, 36, 80),
                drum(5760, 36, 80))), 1);
        // The first and the last bar are in one window each, those between in two.
        assertThat(played.notes()).extracting(Note::onTick).containsExactly(24L, 1920L, 3840L, 5760L + 24);
    }

    @Test
    void shouldKeepFinerGridsAndTheNotesOfACellTogether() {
        // An eighth triplet, and a flam of a soft stroke before a loud one.
        List<Note> notes = List.of(drum(0, 38, 100), drum(160, 38, 100), drum(320, 38, 100), drum(4 * STEP - 20, 40, 30),
                drum(4 * STEP, 38, 90));
        Score played = new Humanize(LATE).perform(score(notes), 1);
        assertThat(played.notes()).extracting(Note::onTick).containsExactly(24L, 184L, 344L, 4L * STEP + 4, 4L * STEP + 24);
        assertThat(played.notes()).extracting(Note::velocity).containsExactly(127, 64, 64, 42, 127);
    }

    @Test
    void shouldTakeOtherDrumsAlongAndLeaveOtherMusicAlone() {
        int cowbell = 56;
        Note bass = new Note(0, 480, 0, 1, 36, 70);
        Score played = new Humanize(LATE).perform(
                score(List.of(bass, drum(0, 36, 80), drum(0, cowbell, 33), drum(STEP, cowbell, 44))), 1);
        assertThat(played.notes()).contains(bass, drum(24, cowbell, 33), drum(STEP, cowbell, 44), drum(24, 36, 127));
    }

    @Test
    void shouldTakeAllNotesForDrumsWhereNoneIsOnTheDrumChannel() {
        Score played = new Humanize(LATE).perform(score(List.of(new Note(0, 60, 0, 0, 36, 80))), 1);
        assertThat(played.notes()).containsExactly(new Note(24, 84, 0, 0, 36, 127));
    }

    @Test
    void shouldKeepTempoChangesAndRefineCoarseTicks() {
        List<Tempo> tempos = List.of(Tempo.ofBpm(0, 90), Tempo.ofBpm(96 * 4, 140));
        Score coarse = new Score(96, tempos, List.of(), List.of(drum(0, 36, 80), drum(96 * 4, 36, 80)), List.of("kit"));
        List<Double> bpm = new ArrayList<>();
        Score played = new Humanize((score, bar, seed, groove) -> {
            bpm.add(score.bpm(bar));
            bpm.add(score.bpm(bar + 1));
            LATE.humanize(score, bar, seed, groove);
        }).perform(coarse, 1);
        assertThat(bpm).satisfiesExactly(a -> assertThat(a).isCloseTo(90, within(0.01)),
                b -> assertThat(b).isCloseTo(140, within(0.01)));
        assertThat(played.ticksPerBeat()).isEqualTo(480);
        assertThat(played.tempos()).extracting(Tempo::tick).containsExactly(0L, 1920L);
        assertThat(played.notes()).extracting(Note::onTick).containsExactly(24L, 1944L);
        assertThat(played.trackNames()).containsExactly("kit");
    }

    @Test
    void shouldNotLeaveTheStartOfTheFile() {
        Humanizer early = (score, bar, seed, groove) -> each(groove, (step, voice) -> groove.set(step, voice, -0.4f, 0.5f));
        Score played = new Humanize(early).perform(score(List.of(drum(0, 36, 80), drum(STEP, 36, 80))), 1);
        assertThat(played.notes()).extracting(Note::onTick).containsExactly(0L, STEP - 48L);
    }

    @Test
    void shouldCopyTheFeelOfATemplateExactly() {
        Piece feel = new Piece(100);
        feel.add(0, Voice.KICK.ordinal(), 0.1f, 0.9f);
        feel.add(4, Voice.SNARE.ordinal(), -0.2f, 0.7f);
        feel.add(4, Voice.KICK.ordinal(), 0.4f, 0.3f);
        Groove groove = new Groove();
        groove.set(0, Voice.KICK.ordinal(), 0, 0);
        groove.set(4, Voice.SNARE.ordinal(), 0, 0);
        groove.set(16, Voice.KICK.ordinal(), 0, 0);
        groove.set(20, Voice.RIDE.ordinal(), 0, 0);
        groove.set(6, Voice.KICK.ordinal(), 0, 0);
        new GrooveTemplate(feel).humanize(new Piece(90, 90), 3, 1, groove);
        assertCell(groove, 0, Voice.KICK, 0.1, 0.9);
        assertCell(groove, 4, Voice.SNARE, -0.2, 0.7);
        // From the start again where the score is longer.
        assertCell(groove, 16, Voice.KICK, 0.1, 0.9);
        // No ride anywhere: what the step does.
        assertCell(groove, 20, Voice.RIDE, 0.1, 0.5);
        // Nothing at this step: what the voice does.
        assertCell(groove, 6, Voice.KICK, 0.25, 0.6);
    }

    private static void assertCell(Groove groove, int step, Voice voice, double offset, double velocity) {
        int cell = Grid.cell(step, voice.ordinal());
        assertThat(groove.offsets[cell]).as("%s at %d", voice, step).isCloseTo((float) offset, within(1e-6f));
        assertThat(groove.velocities[cell]).isCloseTo((float) velocity, within(1e-6f));
    }

    private interface Cell {
        void at(int step, int voice);
    }

    private static void each(Groove groove, Cell action) {
        for (int step = 0; step < Grid.STEPS; step++) {
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                if (groove.isHit(step, voice)) {
                    action.at(step, voice);
                }
            }
        }
    }

    private static Note drum(long tick, int note, int velocity) {
        return new Note(tick, tick + 50, 0, DRUMS, note, velocity);
    }

    private static Score score(List<Note> notes) {
        return new Score(TICKS, List.of(Tempo.ofBpm(0, 120)), List.of(), notes, List.of());
    }
}
