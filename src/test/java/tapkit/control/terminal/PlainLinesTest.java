package tapkit.control.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.control.Knob;
import tapkit.telemetry.EngineSnapshot;
import tapkit.telemetry.EngineSnapshot.Recording;

class PlainLinesTest {
    private static final long TENTH = 100_000_000L;

    private final ControlBoard board = new ControlBoard();
    private final PlainLines lines = new PlainLines();

    private static EngineSnapshot after(int tenths, boolean running, int mode) {
        return new EngineSnapshot(tenths * TENTH, running, "internal", true, 120, tenths * 0.2, 1, 2, 0, 0, 0, 0, 500, 0,
                Recording.NONE, mode, 0);
    }

    @Test
    void shouldSayLittle() {
        List<String> said = new ArrayList<>();
        for (int tenths = 0; tenths < 1300; tenths++) { // 130 seconds
            if (tenths == 300) {
                board.set(Knob.of(Control.MODE).index(), 1);
            }
            boolean running = tenths >= 20;
            String ports = tenths == 302 ? "port away" : "";
            lines.next(after(tenths, running, tenths < 300 ? 0 : 1), board, ports).ifPresent(said::add);
        }
        // started, another mode (the port came back within the second), a minute, no second one yet
        assertThat(said).hasSize(3).allMatch(line -> line.matches("\\p{ASCII}+"));
        assertThat(said.get(0)).startsWith("bar 2 | answer A | 120.0 bpm");
        assertThat(said.get(1)).contains("together A");
        assertThat(said.get(2)).startsWith("bar 46");
    }

    @Test
    void shouldBeSilentWhileNothingHappens() {
        for (int tenths = 0; tenths < 2000; tenths++) {
            assertThat(lines.next(after(tenths, false, 0), board, "")).isEmpty();
        }
    }
}
