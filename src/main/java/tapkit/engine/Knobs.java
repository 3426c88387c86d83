package tapkit.engine;

import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.control.Knob;

/** The engine's hand on the board: everyone hears of a knob that it turns. Not thread safe; does not allocate. */
final class Knobs {
    private final ControlBoard board;
    private final Feeds feeds;
    private final Timekeeper time;

    Knobs(ControlBoard board, Feeds feeds, Timekeeper time) {
        this.board = board;
        this.feeds = feeds;
        this.time = time;
    }

    /** A knob stands at a value from now on. */
    void turn(int knob, double value, long at) {
        board.set(knob, value);
        feeds.publishControl(knob, value, at, time.beatOrNaN(at), time.clock().bpm());
    }

    void turn(Control control, double value, long at) {
        turn(Knob.index(control, Knob.NO_VOICE), value, at);
    }
}
