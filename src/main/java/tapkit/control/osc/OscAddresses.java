package tapkit.control.osc;

import com.illposed.osc.OSCMessage;
import com.illposed.osc.argument.OSCImpulse;
import java.util.Map;
import java.util.stream.Collectors;
import tapkit.control.Change;
import tapkit.control.Control;
import tapkit.control.Control.Kind;
import tapkit.control.Knob;
import tapkit.engine.EngineInput;
import tapkit.grid.Voice;
import tapkit.port.MidiMessage;

/** What messages mean: from an address and its first argument to what the engine is told. Not thread-safe. */
final class OscAddresses {
    static final String ROOT = "/tapkit/";
    private static final String TAP = ROOT + "tap";
    private static final String REFRESH = ROOT + "refresh";
    private static final String ADD = "/add";
    private static final String TOGGLE = "/toggle";
    private static final int USUAL_VELOCITY = 100;
    private static final int HARDEST = 127;
    private static final Map<String, Knob> KNOBS = Knob.ALL.stream().collect(Collectors.toMap(OscAddresses::of, knob -> knob));

    /** A message that means nothing here. Its text is one of a few, so that each is logged once. */
    static final class Meaningless extends Exception {
        private static final long serialVersionUID = 1L;

        Meaningless(String cause) {
            super(cause, null, false, false);
        }
    }

    private final EngineInput engine;
    private final Runnable refresh;

    /** @param refresh sends again what everything stands at */
    OscAddresses(EngineInput engine, Runnable refresh) {
        this.engine = engine;
        this.refresh = refresh;
    }

    /** The address of a knob. */
    static String of(Knob knob) {
        return ROOT + knob.label().replace('.', '/');
    }

    void take(OSCMessage message, long atNanos) throws Meaningless {
        String address = message.getAddress();
        Object argument = message.getArguments().isEmpty() ? OSCImpulse.INSTANCE : message.getArguments().getFirst();
        if (address.equals(TAP)) {
            tap(argument, atNanos);
        } else if (address.equals(REFRESH)) {
            refresh.run();
        } else {
            Change change = address.endsWith(ADD) ? Change.ADD : address.endsWith(TOGGLE) ? Change.TOGGLE : Change.SET;
            String name = switch (change) {
                case ADD -> address.substring(0, address.length() - ADD.length());
                case TOGGLE -> address.substring(0, address.length() - TOGGLE.length());
                case SET -> address;
            };
            Knob knob = KNOBS.get(name);
            if (knob == null) {
                throw new Meaningless("nothing has the address " + address);
            }
            turn(knob, change, argument, atNanos);
        }
    }

    /** A whole number is a MIDI velocity; a fraction up to 1 is one of the loudest, as touch screens send it. */
    private void tap(Object argument, long atNanos) throws Meaningless {
        double velocity = switch (argument) {
            case OSCImpulse any -> USUAL_VELOCITY;
            case Boolean pressed -> pressed ? USUAL_VELOCITY : 0;
            case Integer whole -> whole;
            case Number number -> number.doubleValue() * (number.doubleValue() <= 1 ? HARDEST : 1);
            default -> throw new Meaningless("a tap's velocity is no number");
        };
        if (!(velocity >= 0 && velocity <= HARDEST)) {
            throw new Meaningless("a tap's velocity is not from 0 to 127");
        }
        if (velocity > 0) { // 0: the finger was lifted
            engine.pad(MidiMessage.noteOn(MidiMessage.DRUM_CHANNEL, Voice.SNARE.note(), Math.max(1, (int) Math.rint(velocity))),
                    atNanos);
        }
    }

    private void turn(Knob knob, Change change, Object argument, long atNanos) throws Meaningless {
        boolean pressed = knob.control().kind() == Kind.TRIGGER || change == Change.TOGGLE;
        if (pressed && isRelease(argument)) {
            return;
        }
        double value = pressed ? 1 : change == Change.ADD ? number(knob, argument) : value(knob, argument);
        engine.control(knob.control(), knob.voice(), change, value, atNanos);
    }

    /** Buttons of touch screens send 1 when pressed and 0 when let go. */
    private static boolean isRelease(Object argument) {
        return Boolean.FALSE.equals(argument) || (argument instanceof Number number && number.doubleValue() == 0);
    }

    private static double value(Knob knob, Object argument) throws Meaningless {
        if (argument instanceof String text) {
            try {
                return knob.parse(text);
            } catch (IllegalArgumentException e) {
                throw new Meaningless(of(knob) + ": it must be " + knob.range());
            }
        }
        if (argument instanceof Boolean on && knob.control().kind() == Kind.SWITCH) {
            return on ? 1 : 0;
        }
        double value = number(knob, argument);
        Control control = knob.control();
        if (value < control.least() || value > control.most()) {
            throw new Meaningless(of(knob) + ": it must be from " + control.least() + " to " + control.most());
        }
        return value;
    }

    private static double number(Knob knob, Object argument) throws Meaningless {
        if (argument instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw new Meaningless(of(knob) + ": its argument is no number");
    }
}
