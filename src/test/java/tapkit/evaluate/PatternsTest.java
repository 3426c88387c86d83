package tapkit.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tapkit.grid.Groove;
import tapkit.grid.Voice;

class PatternsTest {
    @Test
    void shouldChooseAmongEquals() {
        int[] values = {5, 3, 5, 1, 3, 5};
        assertThat(Patterns.lastHighest(values, 2).toArray()).containsExactlyInAnyOrder(2, 5);
        assertThat(Patterns.lastHighest(values, 4).toArray()).containsExactlyInAnyOrder(0, 2, 4, 5);
        assertThat(Patterns.firstLowest(values, 2).toArray()).containsExactlyInAnyOrder(1, 3);
        assertThat(Patterns.firstLowest(values, 1).toArray()).containsExactly(3);
        assertThat(Patterns.firstLowest(values, 9).toArray()).hasSize(6);
    }

    @Test
    void shouldCountWhatGroovesHaveInCommon() {
        Groove one = new Groove();
        one.set(0, 0, 0, 1);
        one.set(31, 8, 0, 1);
        Groove other = new Groove();
        other.set(31, 8, 0, 1);
        other.set(7, 2, 0, 1);
        other.set(8, 2, 0, 1);
        Patterns known = new Patterns(List.of(one, other));
        assertThat(known.common(new Patterns(List.of(one)))).containsExactly(2, 1);
        assertThat(known.distances(new Patterns(List.of(one)))).containsExactly(0, 3);
        Patterns withoutHats = new Patterns(List.of(one, other), Set.of(Voice.CLOSED_HAT));
        assertThat(withoutHats.distances(new Patterns(List.of(one)))).containsExactly(0, 1);
    }
}
