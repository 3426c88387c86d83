package tapkit.tap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tapkit.grid.Voice;

class KitLearnerTest {
    private static final long MS = 1_000_000;

    @Test
    void shouldTakeTheNextStrokeForEachPad() {
        KitLearner learner = new KitLearner();

        assertThat(learner.asks()).contains(Voice.KICK);
        assertThat(learner.note(33, 0)).isTrue();
        assertThat(learner.asks()).contains(Voice.SNARE);
        assertThat(learner.note(33, 1000 * MS)).as("the kick again").isFalse();
        assertThat(learner.note(31, 100 * MS)).as("crosstalk of the kick").isFalse();
        assertThat(learner.note(31, 2000 * MS)).isTrue();
        learner.skip();
        assertThat(learner.asks()).contains(Voice.OPEN_HAT);
        assertThat(learner.notes()).containsOnlyKeys(Voice.KICK, Voice.SNARE).containsEntry(Voice.SNARE, List.of(31));
    }

    @Test
    void shouldEndAfterTheLastPad() {
        KitLearner learner = new KitLearner();
        for (Voice voice : Voice.values()) {
            assertThat(learner.asks()).contains(voice);
            learner.skip();
        }
        assertThat(learner.asks()).isEmpty();
        assertThat(learner.note(36, 0)).isFalse();
    }
}
