package tapkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapkit.grid.Grid;
import tapkit.grid.Piece;

class OverlapTest {
    private static final int BAR = Grid.STEPS_PER_BAR * Grid.VOICES;

    /** The answer of each window is its number: across a bar that two share it rises evenly from one's to the other's. */
    @Test
    void shouldFadeFromEachWindowIntoTheNext() {
        Piece score = score(4);
        List<Integer> bars = new ArrayList<>();
        Piece played = Overlap.humanize((piece, bar, seed, groove) -> {
            bars.add(bar);
            assertThat(groove.offsets).containsOnly(0);
            Arrays.fill(groove.offsets, 0.1f * bar);
            Arrays.fill(groove.velocities, 0.2f * bar);
        }, score, 1);
        assertThat(bars).containsExactly(0, 1, 2);
        assertThat(played.hits).isEqualTo(score.hits);
        for (int step = 0; step < 4 * Grid.STEPS_PER_BAR; step++) {
            double place = (step + 0.5) / Grid.STEPS_PER_BAR - 1;
            double expected = Math.clamp(place, 0, 2);
            assertThat((double) played.offsets[Grid.cell(step, 3)]).isCloseTo(0.1 * expected, within(1e-6));
            assertThat((double) played.velocities[Grid.cell(step, 3)]).isCloseTo(0.2 * expected, within(1e-6));
        }
    }

    @Test
    void shouldPlayASingleBar() {
        Piece played = Overlap.humanize((piece, bar, seed, groove) -> {
            assertThat(Arrays.copyOfRange(groove.hits, BAR, 2 * BAR)).containsOnly(0);
            Arrays.fill(groove.offsets, 0.3f);
        }, score(1), 1);
        assertThat(played.offsets).hasSize(BAR).containsOnly(0.3f);
    }

    private static Piece score(int bars) {
        double[] bpm = new double[bars];
        Arrays.fill(bpm, 100);
        Piece piece = new Piece(bpm);
        Arrays.fill(piece.hits, 1);
        return piece;
    }
}
