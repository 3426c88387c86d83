package tapkit.engine;

import tapkit.control.Change;
import tapkit.control.Control;

/** A slot of the ring into the engine. */
final class InputEvent {
    enum Kind {
        PAD,
        CLOCK,
        TRANSPORT,
        CONTROL
    }

    Kind kind = Kind.PAD;
    int message;
    /** The drum note-on that has left for this tap already, by the {@link DirectPath}; 0: none has. */
    int direct;
    Control control = Control.CLEAR;
    int voice;
    Change change = Change.SET;
    double value;
    /** Of a transport: whether it rolls, its beat or NaN, its seconds; its tempo is the value. */
    boolean rolling;
    double beat;
    double seconds;
    long atNanos;
}
