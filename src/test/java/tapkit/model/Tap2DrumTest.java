package tapkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapkit.data.Score;
import tapkit.data.Score.Note;
import tapkit.data.Score.Tempo;
import tapkit.grid.Grid;
import tapkit.grid.TapWindow;
import tapkit.grid.Voice;

/** A real network of random weights answers files of taps. */
class Tap2DrumTest {
    private static final long TICKS_PER_STEP = 240;
    private static final long BAR = TICKS_PER_STEP * Grid.STEPS_PER_BAR;

    @TempDir
    private Path folder;
    private TrainedModel trained;

    @BeforeEach
    void makeModel() {
        Path file = folder.resolve("random.safetensors");
        RandomModels.save(file, 1, 16, 3);
        trained = Models.load(file);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 32})
    void shouldAnswerEveryTapWithItsOwnMicrotiming(int bars) {
        Score taps = randomTaps(bars, bars);

        Score drums = answer(taps, 0, 1);

        for (Note tap : taps.notes()) {
            assertThat(drums.notes()).as("tap at " + tap.onTick()).anyMatch(drum -> drum.onTick() == tap.onTick());
        }
        assertThat(drums.notes()).allMatch(drum -> drum.channel() == 9 && Voice.ofNote(drum.note()) >= 0
                && drum.offTick() > drum.onTick() && Grid.step(step(drum)) < (long) bars * Grid.STEPS_PER_BAR);
    }

    @Test
    void shouldKeepEarlyDownbeatsAtEveryBarLine() {
        int bars = 6;
        Score taps = score(IntStream.range(1, bars).mapToObj(bar -> tap(bar * BAR - 100, 100)).toList());

        Score drums = answer(taps, 0, 1);

        for (int bar = 1; bar < bars; bar++) {
            long early = bar * BAR - 100;
            assertThat(drums.notes()).as("bar " + bar).anyMatch(drum -> drum.onTick() == early);
        }
    }

    @Test
    void shouldHaveNoSeamBetweenWindows() {
        // The same two bars over and over: inner pairs of bars must all be answered alike.
        List<Note> notes = new ArrayList<>();
        Score phrase = randomTaps(2, 5);
        for (int i = 0; i < 5; i++) {
            long shift = 2L * i * BAR;
            phrase.notes().forEach(n -> notes.add(tap(n.onTick() + shift, n.velocity())));
        }

        Score drums = answer(score(notes), 0, 1);

        List<String> second = pattern(drums, 2);
        assertThat(second).isNotEmpty().isEqualTo(pattern(drums, 4)).isEqualTo(pattern(drums, 6));
    }

    @Test
    void shouldListenToTheBarsBeforeAndAfter() {
        TapModel echo = new TapModel() {
            @Override
            public void predict(TapWindow taps, Prediction out) {
                // Says of each cell how many taps the window has.
                for (int cell = 0; cell < Grid.CELLS; cell++) {
                    out.probabilities[cell] = 1;
                    out.offsets[cell] = 0;
                    out.velocities[cell] = taps.count() / 32f;
                }
            }
        };
        // One tap in bar 1, three in bar 2, five in bar 3.
        List<Note> notes = new ArrayList<>();
        for (int bar = 1; bar <= 3; bar++) {
            for (int i = 0; i < 2 * bar - 1; i++) {
                notes.add(tap(bar * BAR + i * TICKS_PER_STEP, 100));
            }
        }

        Score drums = new Tap2Drum(echo, trained.decoder()).answer(score(notes), false, 0, 1);

        assertThat(velocityOfBar(drums, 0)).isEqualTo(Math.round(1 / 32f * 127));
        assertThat(velocityOfBar(drums, 1)).isEqualTo(Math.round((1 + 4) / 2f / 32 * 127));
        assertThat(velocityOfBar(drums, 2)).isEqualTo(Math.round((4 + 8) / 2f / 32 * 127));
        assertThat(velocityOfBar(drums, 3)).isEqualTo(Math.round(8 / 32f * 127));
    }

    @Test
    void shouldBeSilentWhereNobodyTaps() {
        Score taps = score(List.of(tap(0, 100), tap(9L * BAR, 100)));

        Score drums = answer(taps, 1, 1);

        assertThat(drums.notes()).noneMatch(n -> Grid.step(step(n)) >= 2 * Grid.STEPS_PER_BAR
                && Grid.step(step(n)) < 8 * Grid.STEPS_PER_BAR);
        assertThat(drums.notes()).anyMatch(n -> n.onTick() == 9L * BAR);
    }

    @Test
    void shouldKeepTempoChanges() {
        List<Tempo> tempos = List.of(Tempo.ofBpm(0, 100), Tempo.ofBpm(2 * BAR + 7, 133));
        Score taps = new Score((int) (4 * TICKS_PER_STEP), tempos, List.of(), randomTaps(4, 1).notes(), List.of());

        assertThat(answer(taps, 0, 1).tempos()).isEqualTo(tempos);
    }

    @Test
    void shouldDrawTheSameDrumsWithTheSameSeed() {
        Score taps = randomTaps(8, 2);

        assertThat(answer(taps, 1, 7)).isEqualTo(answer(taps, 1, 7));
        assertThat(answer(taps, 1, 7)).isNotEqualTo(answer(taps, 1, 8));
        assertThat(answer(taps, 0, 7)).isEqualTo(answer(taps, 0, 8));
    }

    @Test
    void shouldDrawAnewForEveryPhrase() {
        List<Note> notes = new ArrayList<>();
        for (int bar = 0; bar < 8; bar++) {
            notes.add(tap(bar * BAR, 100));
        }

        Score drums = answer(score(notes), 1, 1);

        assertThat(pattern(drums, 2)).isNotEqualTo(pattern(drums, 4));
    }

    @Test
    void shouldUseVelocitiesOnlyWhereTheyVary() {
        assertThat(Tap2Drum.hasVelocities(score(List.of(tap(0, 100), tap(9, 100))))).isFalse();
        assertThat(Tap2Drum.hasVelocities(score(List.of(tap(0, 100), tap(9, 99))))).isTrue();
    }

    private Score answer(Score taps, double temperature, long seed) {
        try (TapModel model = trained.open(InferenceEngine.SCALAR)) {
            return new Tap2Drum(model, trained.decoder()).answer(taps, true, temperature, seed);
        }
    }

    /** At most one tap a step, anywhere in it; one in the first and one in the last bar. */
    private static Score randomTaps(int bars, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Note> notes = new ArrayList<>();
        int steps = bars * Grid.STEPS_PER_BAR;
        for (int step = 0; step < steps; step++) {
            if (step == 0 || step == steps - 1 || random.nextInt(3) == 0) {
                long offset = step == 0 ? 0 : random.nextLong(-TICKS_PER_STEP / 2, TICKS_PER_STEP / 2);
                notes.add(tap(step * TICKS_PER_STEP + offset, random.nextInt(1, 128)));
            }
        }
        return score(notes);
    }

    private static Score score(List<Note> notes) {
        return new Score((int) (4 * TICKS_PER_STEP), List.of(), List.of(), notes, List.of());
    }

    private static Note tap(long tick, int velocity) {
        return new Note(tick, tick + 50, 0, 3, 60, velocity);
    }

    private static double step(Note note) {
        return note.onTick() / (double) TICKS_PER_STEP;
    }

    /** What sounds in two bars, relative to their start. */
    private static List<String> pattern(Score drums, int bar) {
        return drums.notes().stream().filter(n -> Grid.step(step(n)) / Grid.STEPS_PER_BAR / 2 * 2 == bar)
                .map(n -> n.onTick() - bar * BAR + " " + n.note() + " " + n.velocity()).toList();
    }

    private static int velocityOfBar(Score drums, int bar) {
        return drums.notes().stream().filter(n -> Grid.step(step(n)) / Grid.STEPS_PER_BAR == bar).mapToInt(Note::velocity)
                .distinct()
                .reduce((a, b) -> -1).orElse(0);
    }
}
