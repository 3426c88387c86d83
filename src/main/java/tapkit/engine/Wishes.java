package tapkit.engine;

import tapkit.control.Control;
import tapkit.control.ControlBoard;

/** What the board wants of the next bar: what is, may still be another. Does not allocate. */
final class Wishes {
    private static final int INFINITE = 10;
    private static final int ADAPTIVE = 11;

    private final ControlBoard board;

    Wishes(ControlBoard board) {
        this.board = board;
    }

    Mode mode() {
        return Mode.of((int) board.get(Control.MODE));
    }

    int part() {
        return (int) board.get(Control.PART);
    }

    /** Bars of the phrase, 1 or 2. */
    int phraseBars() {
        return 1 + (int) board.get(Control.PHRASE);
    }

    /** Bars of the loop that is recorded next: 1, 2, 4 or 8. */
    int loopBars() {
        return 1 << (int) board.get(Control.LOOP_BARS);
    }

    /** How many times as fast as it was tapped the loop is to be played. */
    double speed() {
        return Math.scalb(1.0, (int) board.get(Control.TIME) - 1);
    }

    /** Passes that a tap survives. */
    long memory() {
        int memory = (int) board.get(Control.MEMORY);
        return memory < INFINITE ? memory : Long.MAX_VALUE;
    }

    /** Whether each new tap replaces the oldest. */
    boolean adapts() {
        return board.get(Control.MEMORY) == ADAPTIVE;
    }

    /** Whether taps are added to the loop. */
    boolean overdubs() {
        return board.isOn(Control.OVERDUB);
    }

    /** Whether taps sound at once, whatever the mode. */
    boolean direct() {
        return board.isOn(Control.DIRECT);
    }
}
