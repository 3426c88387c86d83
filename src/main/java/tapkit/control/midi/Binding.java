package tapkit.control.midi;

import java.util.Locale;
import tapkit.control.Change;
import tapkit.control.Control;
import tapkit.control.Control.Kind;
import tapkit.control.Knob;
import tapkit.port.MidiMessage;

/**
 * A MIDI message that moves a knob.
 *
 * @param channel 0 to 15, or {@link #ANY}
 * @param number  of the note, the controller or the program, 0 to 127, or {@link #ANY}
 * @param value   that is set by {@link Action#VALUE}; else unused
 */
public record Binding(Source source, int channel, int number, Knob knob, Action action, double value) {
    /** Every channel, or every number. */
    public static final int ANY = -1;
    /** A controller is pressed from here on, as pedals are (MIDI 1.0). */
    private static final int PRESSED = 64;
    private static final int MOST = 127;

    /** Kinds of messages. */
    public enum Source {
        NOTE,
        CC,
        PROGRAM;

        /** The kind of a message, or null if it binds nothing. */
        static Source of(int message) {
            return switch (MidiMessage.kind(message)) {
                case MidiMessage.NOTE_ON, MidiMessage.NOTE_OFF -> NOTE;
                case MidiMessage.CONTROL_CHANGE -> CC;
                case MidiMessage.PROGRAM_CHANGE -> PROGRAM;
                default -> null;
            };
        }
    }

    /** What the message does. */
    public enum Action {
        /** 0 to 127 (of a program change: its number) is the whole range; a number where the knob counts. */
        ABSOLUTE,
        /** An endless encoder: 1, 2, … more, 127, 126, … less. */
        RELATIVE,
        /** On while it is held. A trigger is pressed. */
        MOMENTARY,
        /** Each press switches over. A trigger is pressed. */
        LATCHING,
        /** Each press is the next choice. */
        NEXT,
        /** Each press sets the value. */
        VALUE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What fits a knob and the first message that it hears: a pedal's press is a button, all else a fader or an encoder. */
    static Binding learned(Knob knob, int message) {
        Source source = Source.of(message);
        boolean fader = source == Source.CC && MidiMessage.data2(message) != MOST && MidiMessage.data2(message) != 0;
        Control control = knob.control();
        Action action = switch (control.kind()) {
            case TRIGGER -> Action.MOMENTARY;
            case SWITCH -> Action.LATCHING;
            case CHOICE -> fader ? Action.ABSOLUTE : Action.NEXT;
            case CONTINUOUS -> source == Source.NOTE ? Action.LATCHING : Action.ABSOLUTE;
        };
        int number = source == Source.PROGRAM && control.kind() == Kind.CONTINUOUS ? ANY : MidiMessage.data1(message);
        return new Binding(source, MidiMessage.channel(message), number, knob, action, 0);
    }

    /** The message, for people: CC 64, channel 10. */
    public String describe() {
        String what = switch (source) {
            case NOTE -> "note";
            case CC -> "CC";
            case PROGRAM -> "program";
        };
        return what + (number == ANY ? ", any" : " " + number) + (channel == ANY ? "" : ", channel " + (channel + 1));
    }

    boolean fits(int message) {
        return channel == ANY || channel == MidiMessage.channel(message);
    }

    /** Whether both hear the same message. */
    boolean clashes(Binding other) {
        return source == other.source && number == other.number
                && (channel == other.channel || channel == ANY || other.channel == ANY);
    }

    /** Moves the knob. Does not allocate. */
    void act(int message, Target target, long atNanos) {
        int data = source == Source.PROGRAM ? MOST : MidiMessage.data2(message);
        boolean pressed = source == Source.NOTE ? MidiMessage.isNoteOn(message) : data >= PRESSED;
        Control control = knob.control();
        if (control.kind() == Kind.TRIGGER) {
            if (pressed) {
                target.turn(knob, Change.SET, 1, atNanos);
            }
            return;
        }
        switch (action) {
            case ABSOLUTE -> target.turn(knob, Change.SET, absolute(message), atNanos);
            case RELATIVE -> target.turn(knob, Change.ADD, (data < PRESSED ? data : data - MOST - 1) * step(), atNanos);
            case MOMENTARY -> target.turn(knob, Change.SET, pressed ? control.most() : control.least(), atNanos);
            case LATCHING -> press(pressed, target, Change.TOGGLE, 0, atNanos);
            case NEXT -> press(pressed, target, Change.ADD, step(), atNanos);
            case VALUE -> press(pressed, target, Change.SET, value, atNanos);
        }
    }

    private void press(boolean pressed, Target target, Change change, double by, long atNanos) {
        if (pressed) {
            target.turn(knob, change, by, atNanos);
        }
    }

    private double absolute(int message) {
        Control control = knob.control();
        if (source == Source.PROGRAM) {
            return control.least() + MidiMessage.data1(message);
        }
        return control.least() + (control.most() - control.least()) * MidiMessage.data2(message) / MOST;
    }

    /** One click of an encoder: a hundredth of the range, or one where only whole numbers are values. */
    private double step() {
        Control control = knob.control();
        return control.whole() || control == Control.BPM ? 1 : (control.most() - control.least()) / 100;
    }

    /** What the controller's light or motor is sent for a value of the knob; 0 if it is sent nothing. Does not allocate. */
    int feedback(double now) {
        Control control = knob.control();
        if (number == ANY || source == Source.PROGRAM || control.kind() == Kind.TRIGGER || action == Action.RELATIVE) {
            return 0;
        }
        int data = action == Action.VALUE
                ? (now == control.clamp(value) ? MOST : 0)
                : (int) Math.round((now - control.least()) / (control.most() - control.least()) * MOST);
        int status = source == Source.NOTE ? MidiMessage.NOTE_ON : MidiMessage.CONTROL_CHANGE;
        return MidiMessage.pack(status | Math.max(0, channel), number, data);
    }

    /** Takes what a binding does. */
    @FunctionalInterface
    interface Target {
        void turn(Knob knob, Change change, double value, long atNanos);
    }
}
