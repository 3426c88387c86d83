package tapkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.grid.Grid;
import tapkit.grid.Groove;

class FillsTest {
    /** Rock: kick and snare on the beats. Jazz: the ride. */
    private static final Styles STYLES = Styles.of(
            List.of(new Styles.Example("jazz", Collections.nCopies(5000, groove(8, 0, 4, 6, 8, 12, 14))),
                    new Styles.Example("rock", Collections.nCopies(5000, groove(0, 0, 4, 6, 8, 10, 12)))));

    @TempDir
    private Path folder;

    /** Two bars of one voice. */
    private static Groove groove(int voice, int... steps) {
        Groove groove = new Groove();
        for (int step : steps) {
            groove.set(step, voice, 0, 0.6f);
            groove.set(step + Grid.STEPS_PER_BAR, voice, 0, 0.6f);
        }
        return groove;
    }

    /** A fill of one voice on every sixteenth. */
    private static Fills.Fill fill(double bpm, int voice) {
        return fill(bpm, "rock", voice);
    }

    private static Fills.Fill fill(double bpm, String style, int voice) {
        Groove bar = new Groove();
        for (int step = 0; step < Grid.STEPS_PER_BAR; step++) {
            bar.set(step, voice, 0.125f, 0.5f);
        }
        return new Fills.Fill(bpm, style, bar);
    }

    @Test
    void shouldKeepFillsInAFile() {
        Path file = folder.resolve("fills.safetensors");
        Fills.of(List.of(fill(100, 1), fill(101, 4)), STYLES).save(file, Map.of("task", "fills"));
        Fills loaded = Fills.load(file);

        Groove out = new Groove();
        loaded.draw(1, 100, null, out);
        assertThat(loaded.count()).isEqualTo(2);
        assertThat(out.hitCount()).isEqualTo(Grid.STEPS_PER_BAR);
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            if (out.hits[cell] != 0) {
                assertThat(out.velocities[cell]).isCloseTo(0.5f, within(1e-3f));
                assertThat(out.offsets[cell]).isCloseTo(0.125f, within(1e-3f));
            }
        }
    }

    @Test
    void shouldDrawTheSameForTheSameSeedAndGoOnAsAnotherFill() {
        Fills fills = Fills.of(List.of(fill(100, 1), fill(100, 4), fill(100, 6)), STYLES);
        Set<String> different = new HashSet<>();
        boolean mixed = false;
        for (long seed = 0; seed < 40; seed++) {
            Groove out = new Groove();
            Groove again = new Groove();
            fills.draw(seed, 100, null, out);
            fills.draw(seed, 100, null, again);
            assertThat(out.hits).isEqualTo(again.hits);
            different.add(java.util.Arrays.toString(out.hits));
            int voices = 0;
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                voices |= out.hits[cell] != 0 ? 1 << cell % Grid.VOICES : 0;
            }
            mixed |= Integer.bitCount(voices) > 1;
        }
        assertThat(different).hasSizeGreaterThan(5);
        assertThat(mixed).isTrue();
    }

    @Test
    void shouldPreferFillsOfTheSongsTempo() {
        Fills fills = Fills.of(List.of(fill(60, 1), fill(120, 4), fill(240, 6)), STYLES);
        for (long seed = 0; seed < 20; seed++) {
            Groove out = new Groove();
            fills.draw(seed, 125, null, out);
            assertThat(out.isHit(0, 4)).isTrue();
        }
    }

    @Test
    void shouldPreferFillsOfTheStyleThatIsPlayed() {
        Fills fills = Fills.of(List.of(fill(118, "rock", 4), fill(120, "jazz", 6), fill(122, "polka", 5), fill(100, "rock", 4)),
                STYLES);
        for (long seed = 0; seed < 20; seed++) {
            Groove out = new Groove();
            fills.draw(seed, 120, groove(8, 0, 4, 6, 8, 12), out);
            assertThat(out.isHit(0, 6)).as("a fill of jazz").isTrue();
            fills.draw(seed, 120, groove(0, 0, 8, 10), out);
            assertThat(out.isHit(0, 4)).as("a fill of rock").isTrue();
        }
        assertThat(STYLES.names().get(STYLES.of(groove(8, 0, 4, 8)))).isEqualTo("jazz");
    }

    @Test
    void shouldLoadWhatShips() {
        Fills shipped = Fills.shipped();
        Groove out = new Groove();
        shipped.draw(7, 110, null, out);

        assertThat(shipped.count()).isGreaterThan(400);
        assertThat(out.hitCount()).isPositive();
    }
}
