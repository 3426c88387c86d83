package tapkit.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.UserError;
import tapkit.data.Split;
import tapkit.data.Windowing;
import tapkit.evaluate.EvaluationSet;
import tapkit.grid.Groove;
import tapkit.model.RandomModels;
import tapkit.train.SmallDataset;

class PairsTest {
    private static final List<Comparison> TAPS = List.of(Comparison.TAP2DRUM_DRUMMER);

    @TempDir
    private Path home;
    private String before;
    private EvaluationSet set;

    @BeforeEach
    void liveHere() throws IOException {
        before = System.getProperty("tapkit.home");
        System.setProperty("tapkit.home", home.toString());
        set = new EvaluationSet(SmallDataset.write(home), Split.VALIDATION);
    }

    @AfterEach
    void moveBack() {
        if (before == null) {
            System.clearProperty("tapkit.home");
        } else {
            System.setProperty("tapkit.home", before);
        }
    }

    @Test
    void shouldDrawByTheSeed() {
        RandomModels.save(home.resolve("models/tap2drum.safetensors"), 1, 4, 1);
        List<Pair> pairs = draw(8, 1);
        assertThat(pairs).hasSize(8);
        assertThat(pairs.stream().map(Pair::take).distinct()).as("all takes of two bars").hasSize(4);
        assertThat(pairs.stream().map(pair -> pair.take() + pair.bar()).distinct()).as("windows").hasSize(8);
        assertThat(pairs.stream().map(Pair::firstIsLeft)).contains(true, false);
        assertThat(draw(8, 1)).usingRecursiveComparison().isEqualTo(pairs);
        assertThat(draw(8, 2)).usingRecursiveComparison().isNotEqualTo(pairs);
        for (Pair pair : pairs) {
            Pair.Side drummer = pair.firstIsLeft() ? Pair.Side.RIGHT : Pair.Side.LEFT;
            assertThat(pair.player(drummer)).isEqualTo(Player.DRUMMER);
            assertThat(truth(pair)).usingRecursiveComparison().isEqualTo(pair.groove(drummer));
        }
        assertThatThrownBy(() -> draw(100, 1)).isInstanceOf(UserError.class).hasMessageContaining("--pairs");
    }

    @Test
    void shouldGiveNothingAwayBySound() {
        RandomModels.save(home.resolve("models/tap2drum.safetensors"), 1, 4, 1);
        Pair pair = draw(1, 1).getFirst();
        byte[] left = Clips.wav(pair, Pair.Side.LEFT);
        byte[] right = Clips.wav(pair, Pair.Side.RIGHT);
        assertThat(left).hasSameSizeAs(right).isNotEqualTo(right);
        assertThat(Clips.wav(pair, Pair.Side.LEFT)).isEqualTo(left);
    }

    @Test
    void shouldSayWhatCannotBeCompared() {
        assertThat(Listening.leftOut()).hasSize(4).first().asString().contains("tap2drum");
        assertThatThrownBy(Listening::comparisons).isInstanceOf(UserError.class).hasMessageContaining("tapkit train");
        RandomModels.save(home.resolve("models/tap2drum.safetensors"), 1, 4, 1);
        assertThat(Listening.comparisons()).containsExactly(Comparison.TAP2DRUM_DRUMMER);
        assertThat(Listening.leftOut()).hasSize(3).noneMatch(line -> line.contains("tap2drum-"));
    }

    private List<Pair> draw(int count, long seed) {
        return new Pairs(set, false).draw(TAPS, count, seed);
    }

    private Groove truth(Pair pair) {
        return set.windows(Windowing.ALIGNED).stream()
                .filter(window -> window.takeId().equals(pair.take()) && window.bar() == pair.bar()).findFirst().orElseThrow()
                .groove();
    }
}
