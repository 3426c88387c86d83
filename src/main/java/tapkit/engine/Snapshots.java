package tapkit.engine;

import tapkit.control.Control;
import tapkit.control.ControlBoard;
import tapkit.control.Knob;
import tapkit.grid.TapWindow;

/** Two states of groove and sound, A and B, and what lies between. Not thread safe; does not allocate. */
final class Snapshots {
    private final ControlBoard board;
    private final TapWindow[] taps = {new TapWindow(), new TapWindow()};
    private final double[][] values = new double[2][Knob.ALL.size()];
    private final boolean[] stored = new boolean[2];

    Snapshots(ControlBoard board) {
        this.board = board;
    }

    /** @param sounding what is played, or null for nothing */
    void store(int which, TapWindow sounding) {
        taps[which].clear();
        if (sounding != null) {
            taps[which].copyFrom(sounding);
        }
        for (int knob = 0; knob < values[which].length; knob++) {
            values[which][knob] = board.get(knob);
        }
        stored[which] = true;
    }

    boolean complete() {
        return stored[0] && stored[1];
    }

    TapWindow taps(int which) {
        return taps[which];
    }

    /** Whether a knob is part of the sound, and so of a snapshot. */
    static boolean holds(Knob knob) {
        return switch (knob.control()) {
            case TEMPERATURE, DENSITY, MICROTIMING, VELOCITY_LOW, VELOCITY_HIGH, VARIATION, LEVEL, MUTE, THRESHOLD, MAXIMUM ->
                true;
            default -> false;
        };
    }

    /** What a knob stands at between A (0) and B (1); a switch turns in the middle. */
    double between(int knob, double share) {
        double from = values[0][knob];
        double to = values[1][knob];
        Control control = Knob.ALL.get(knob).control();
        return control.kind() == Control.Kind.SWITCH
                ? (share < 0.5 ? from : to)
                : control.clamp(from + share * (to - from));
    }
}
