package tapkit.control.terminal;

import java.io.IOException;
import tapkit.control.Change;
import tapkit.control.Control;
import tapkit.control.Knob;
import tapkit.engine.EngineInput;
import tapkit.grid.Voice;
import tapkit.port.MidiMessage;

/** What the keys of a terminal do. Space, enter, 1, arrows, backspace and escape do what they do on the page. */
final class TerminalKeys {
    /** For people. */
    static final String HELP = "keys: space taps, enter starts and stops, 1 taps the tempo, + and - change it, m mode, p part, f fill, "
            + "b break, e ending, r record, o overdub, u undo, y redo, k keep, backspace clears, esc silences, q quits";
    private static final int VELOCITY = 100;
    private static final int ESCAPE = 27;
    /** The bytes of an arrow come at once; after an escape that was pressed nothing does. */
    private static final long REST_OF_A_KEY_MS = 30;
    /** Not without an end: while JLine reads it cannot be closed. */
    private static final long TURN_MS = 500;
    private static final int END = -1;
    private static final int NONE_YET = -2;

    /** Where characters come from. */
    @FunctionalInterface
    interface Source {
        /**
         * The next character; −1 at the end, −2 where none came in time.
         */
        int read(long timeoutMs) throws IOException;
    }

    private final EngineInput engine;
    private final Runnable quit;
    private final Runnable help;

    TerminalKeys(EngineInput engine, Runnable quit, Runnable help) {
        this.engine = engine;
        this.quit = quit;
        this.help = help;
    }

    /** Does what is pressed until the source ends. */
    void run(Source source) throws IOException {
        for (int key = NONE_YET; key != END; key = source.read(TURN_MS)) {
            if (key >= 0) {
                press(key == ESCAPE ? afterEscape(source) : key, System.nanoTime());
            }
        }
    }

    /** An arrow, by the last letter of its sequence, negated; another such key: 0; else escape itself. */
    private static int afterEscape(Source source) throws IOException {
        int next = source.read(REST_OF_A_KEY_MS);
        if (next != '[' && next != 'O') {
            return ESCAPE;
        }
        int last = source.read(REST_OF_A_KEY_MS);
        while (last >= ' ' && last < '@') {
            last = source.read(REST_OF_A_KEY_MS);
        }
        return Math.min(0, -last);
    }

    void press(int key, long atNanos) {
        switch (key) {
            case ' ' -> engine.pad(MidiMessage.noteOn(MidiMessage.DRUM_CHANNEL, Voice.SNARE.note(), VELOCITY), atNanos);
            case '\r', '\n' -> turn(Control.START_STOP, Change.SET, 1, atNanos);
            case '1', 't' -> turn(Control.TAP_TEMPO, Change.SET, 1, atNanos);
            case '+', '=', -'A' -> turn(Control.BPM, Change.ADD, 1, atNanos);
            case '-', -'B' -> turn(Control.BPM, Change.ADD, -1, atNanos);
            case 'm' -> turn(Control.MODE, Change.ADD, 1, atNanos);
            case 'p' -> turn(Control.PART, Change.ADD, 1, atNanos);
            case 'f' -> turn(Control.FILL, Change.SET, 1, atNanos);
            case 'b' -> turn(Control.BREAK, Change.SET, 1, atNanos);
            case 'e' -> turn(Control.ENDING, Change.SET, 1, atNanos);
            case 'r' -> turn(Control.RECORD, Change.SET, 1, atNanos);
            case 'o' -> turn(Control.OVERDUB, Change.TOGGLE, 0, atNanos);
            case 'u' -> turn(Control.UNDO, Change.SET, 1, atNanos);
            case 'y' -> turn(Control.REDO, Change.SET, 1, atNanos);
            case 'k' -> turn(Control.KEEP_LAST, Change.SET, 1, atNanos);
            case '\b', 127 -> turn(Control.CLEAR, Change.SET, 1, atNanos);
            case ESCAPE -> turn(Control.PANIC, Change.SET, 1, atNanos);
            case 'q' -> quit.run();
            case '?', 'h' -> help.run();
            default -> {
                // no key of ours
            }
        }
    }

    private void turn(Control control, Change change, double value, long atNanos) {
        engine.control(control, Knob.NO_VOICE, change, value, atNanos);
    }
}
