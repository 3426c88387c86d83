package tapkit.control.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.control.Knob;
import tapkit.telemetry.EngineSnapshot;
import tapkit.telemetry.EngineSnapshot.Recording;

class StatusLineTest {
    private static final String ESCAPE = "\u001b";

    private final StatusLine ascii = new StatusLine(false, false);
    private final StatusLine rich = new StatusLine(true, true);
    private final ControlBoard board = new ControlBoard();

    static EngineSnapshot at(double beat, long late, boolean locked, Recording recording) {
        return new EngineSnapshot(0, true, "midi", locked, 96.25, beat, 41, 180, 12, 3, late, 1, 730, 0, recording, 2, 1);
    }

    private static EngineSnapshot stopped() {
        return new EngineSnapshot(0, false, "internal", true, 120, 0, 0, 0, 0, 0, 0, 0, 0, 0, Recording.NONE, 0, 0);
    }

    @Test
    void shouldTellWhereItIsAndHowItFares() {
        board.set(Knob.of(Control.MODE).index(), 2);
        board.set(Knob.of(Control.PART).index(), 1);

        assertThat(ascii.of(at(46.5, 2, true, Recording.ON), board, "", 200, true))
                .isEqualTo(
                        "..3. bar 12 | REC | loop B | 96.3 bpm | 2 late, 3 skipped, 1 lost | 0.7 ms | 41 taps, 180 hits | midi clock");
        assertThat(rich.of(at(46.5, 0, true, Recording.NONE), board, "", 32, true))
                .isEqualTo("○○●○ bar 12 | loop B | 96.3 bpm");
        assertThat(ascii.of(stopped(), board, "", 200, true))
                .startsWith("stopped | answer A, then loop B | 120.0 bpm | 0 taps");
    }

    @Test
    void shouldKeepWhatIsWrongLongest() {
        EngineSnapshot now = at(0, 2, false, Recording.ARMED);
        assertThat(ascii.of(now, board, "ports lost", 40, true)).isEqualTo("1... bar 1 | ports lost | clock lost");
        assertThat(ascii.of(now, board, "ports lost", 24, true)).isEqualTo("1... bar 1 | ports lost");
        assertThat(rich.of(now, board, "ports lost", 200, true)).contains(ESCAPE + "[1;31mports lost" + ESCAPE + "[0m");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNeverBeWiderThanTheTerminal(boolean running) {
        for (int width = 1; width < 150; width++) {
            EngineSnapshot now = running ? at(1e5, 1000, false, Recording.ARMED) : stopped();
            assertThat(rich.of(now, board, "port away", width, true).replaceAll(ESCAPE + "\\[[0-9;]*m", "").length())
                    .isBetween(1, width);
            assertThat(ascii.of(now, board, "port away", width, true).length()).isBetween(1, width);
        }
    }

    @Test
    void shouldBeAsciiWithoutColoursWhereThatIsWanted() {
        for (int beat = 0; beat < 4; beat++) {
            String line = ascii.of(at(beat, 5, false, Recording.ON), board, "ports lost", 200, true);
            assertThat(line).doesNotContain(ESCAPE);
            assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(line)).as(line).isTrue();
        }
        assertThat(new StatusLine(true, false).of(at(0, 0, true, Recording.ON), board, "", 200, true)).contains("●○○○")
                .doesNotContain(ESCAPE);
    }
}
