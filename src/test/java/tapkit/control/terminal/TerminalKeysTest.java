package tapkit.control.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tapkit.engine.EngineInput;
import tapkit.engine.SpokenInput;

class TerminalKeysTest {
    private final List<String> done = new ArrayList<>();
    private final EngineInput engine = new SpokenInput(done::add);
    private final TerminalKeys keys = new TerminalKeys(engine, () -> done.add("quit"), () -> done.add("help"));

    /** Presses keys by their codes; −2 stands for a pause. */
    private void press(Integer... codes) throws Exception {
        Iterator<Integer> pressed = Arrays.asList(codes).iterator();
        keys.run(timeout -> pressed.hasNext() ? pressed.next() : -1);
    }

    @ParameterizedTest
    @CsvSource({"32, tap 100", "13, start-stop SET 1.0", "10, start-stop SET 1.0", "49, tap-tempo SET 1.0", "43, bpm ADD 1.0",
            "45, bpm ADD -1.0", "109, mode ADD 1.0", "112, part ADD 1.0", "102, fill SET 1.0", "98, break SET 1.0",
            "101, ending SET 1.0", "114, record SET 1.0", "111, overdub TOGGLE 0.0", "117, undo SET 1.0", "121, redo SET 1.0",
            "107, keep-last SET 1.0", "127, clear SET 1.0", "8, clear SET 1.0", "27, panic SET 1.0", "113, quit", "63, help"})
    void shouldDoWhatAKeySays(int key, String what) throws Exception {
        press(key, -2);
        assertThat(done).containsExactly(what);
    }

    @Test
    void shouldTellArrowsFromEscapeAndIgnoreOtherKeys() throws Exception {
        press(27, (int) '[', (int) 'A', 27, (int) 'O', (int) 'B', 27, -2, 27, (int) '[', (int) '3', (int) '~', 27, (int) '[',
                (int) '?', (int) '6', (int) '2', (int) ';', (int) '2', (int) 'c', (int) '#', 0x20ac, -2, 32);
        assertThat(done).containsExactly("bpm ADD 1.0", "bpm ADD -1.0", "panic SET 1.0", "tap 100");
    }

    @Test
    void shouldExplainEveryLetter() {
        String letters = TerminalKeys.HELP.chars().mapToObj(Character::toString).collect(Collectors.joining());
        for (String letter : "m p f b e r o u y k q".split(" ", -1)) {
            assertThat(letters).contains(" " + letter + " ");
        }
    }
}
