package tapkit.tap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetriggerMaskTest {
    private static final long MS = 1_000_000;

    private final RetriggerMask mask = new RetriggerMask(2);

    @Test
    void shouldDropTheEchoOfOnePadOnly() {
        assertThat(mask.accepts(0, 38, 100 * MS)).isTrue();
        assertThat(mask.accepts(0, 38, 111 * MS)).isFalse();
        assertThat(mask.accepts(0, 40, 111 * MS)).as("another note").isTrue();
        assertThat(mask.accepts(1, 38, 111 * MS)).as("another pad of the same note").isTrue();
        assertThat(mask.accepts(0, 38, 112 * MS)).as("counted from the stroke, not from its echo").isTrue();
    }
}
