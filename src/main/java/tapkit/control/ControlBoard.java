package tapkit.control;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What every knob stands at. One thread (the engine's) writes; any thread reads, at any time, without waiting. Each value is whole;
 * two that are read one after the other may be of different instants. Nothing is allocated after construction.
 */
public final class ControlBoard {
    private final AtomicLongArray bits = new AtomicLongArray(Knob.ALL.size());

    /** Every knob at its initial value. */
    public ControlBoard() {
        for (Knob knob : Knob.ALL) {
            set(knob.index(), knob.control().initial());
        }
    }

    /** The writing thread: sets a knob, which is of the index in {@link Knob#ALL}. */
    public void set(int knob, double value) {
        bits.setOpaque(knob, Double.doubleToRawLongBits(value));
    }

    /** The value of a knob, by its index. */
    public double get(int knob) {
        return Double.longBitsToDouble(bits.getOpaque(knob));
    }

    /** The value of a control that is not per voice. */
    public double get(Control control) {
        return get(Knob.index(control, Knob.NO_VOICE));
    }

    /** The value of a control for a voice. */
    public double get(Control control, int voice) {
        return get(Knob.index(control, voice));
    }

    /** Whether a switch is on. */
    public boolean isOn(Control control) {
        return get(control) != 0;
    }
}
