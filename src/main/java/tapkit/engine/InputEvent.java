package tapkit.engine;

import tapkit.control.Control;

/** A slot of the ring into the engine. */
final class InputEvent {
    enum Kind {
        PAD,
        CLOCK,
        CONTROL
    }

    Kind kind = Kind.PAD;
    int message;
    Control control = Control.CLEAR;
    double value;
    long atNanos;
}
