package tapkit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NumberedTest {
    private static final int CYCLE = 127;
    private static final int EVENTS = 1_000;
    private static final int FOREIGN = -1;

    private int compared;
    private final Numbered heard = new Numbered(event -> {
        compared++;
        return event % CYCLE;
    }, EVENTS);

    @Test
    void shouldTellALostMessageFromALateOne() {
        IntStream.range(0, EVENTS).filter(event -> event != 7 && event != 500)
                .forEach(event -> heard.came(event % CYCLE, event));

        assertThat(heard.isComplete()).isTrue();
        assertThat(IntStream.range(0, EVENTS).filter(heard::isMissing)).containsExactly(7, 500);
        assertThat(IntStream.range(0, EVENTS).filter(event -> !heard.isMissing(event)))
                .allMatch(event -> heard.atNanos(event) == event);
    }

    /** A server waits while it looks, so the length of the run must not count. */
    @Test
    void shouldPassOverAnothersMessageWithoutLookingThroughAllThatIsYetToCome() {
        heard.came(FOREIGN, 0);

        assertThat(compared).isLessThan(CYCLE);
        heard.came(0, 1);
        assertThat(heard.atNanos(0)).isEqualTo(1);
    }
}
