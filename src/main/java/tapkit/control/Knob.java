package tapkit.control;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tapkit.grid.Grid;
import tapkit.grid.Voice;

/**
 * One thing that has a value: a control, or a control of one voice. Written {@code temperature}, {@code level.closed-hat}.
 *
 * @param control what it does
 * @param voice   index of the voice, or {@link #NO_VOICE} for a control that is not per voice
 * @param index   its place in {@link #ALL}
 */
public record Knob(Control control, int voice, int index) {
    /** In the place of a voice. */
    public static final int NO_VOICE = -1;
    /** Every knob, in the order of the controls, voice by voice. */
    public static final List<Knob> ALL;

    private static final int[] FIRST = new int[Control.values().length];

    static {
        List<Knob> all = new ArrayList<>();
        for (Control control : Control.values()) {
            FIRST[control.ordinal()] = all.size();
            for (int voice = 0; voice < (control.perVoice() ? Grid.VOICES : 1); voice++) {
                all.add(new Knob(control, control.perVoice() ? voice : NO_VOICE, all.size()));
            }
        }
        ALL = List.copyOf(all);
    }

    /** The knob of a control that is not per voice. */
    public static Knob of(Control control) {
        return of(control, NO_VOICE);
    }

    /** The knob of a control for a voice, which does not matter if the control is not per voice. Does not allocate. */
    public static Knob of(Control control, int voice) {
        return ALL.get(index(control, voice));
    }

    /** The {@link #index()} of the knob of a control for a voice. Does not allocate. */
    public static int index(Control control, int voice) {
        return FIRST[control.ordinal()] + (control.perVoice() ? Math.clamp(voice, 0, Grid.VOICES - 1) : 0);
    }

    /** The name in files. */
    public String label() {
        return voice == NO_VOICE ? control.label() : control.label() + "." + Voice.of(voice).label();
    }

    /** The knob of this name, whatever its case. */
    public static Optional<Knob> named(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
        return ALL.stream().filter(knob -> knob.label().equals(wanted)).findFirst();
    }

    /**
     * Reads a value as people write it: a number, the name of a choice, on or off.
     *
     * @throws IllegalArgumentException if it is none, with a sentence that says what would be
     */
    public double parse(String text) {
        String wanted = text.strip();
        for (int i = 0; i < control.choices().size(); i++) {
            if (control.choices().get(i).equalsIgnoreCase(wanted)) {
                return i;
            }
        }
        if (control.kind() == Control.Kind.SWITCH && Arrays.asList("true", "false").contains(wanted.toLowerCase(Locale.ROOT))) {
            return Boolean.parseBoolean(wanted) ? 1 : 0;
        }
        if (control.kind() == Control.Kind.CONTINUOUS) {
            try {
                double value = Double.parseDouble(wanted);
                if (value == control.clamp(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // told below
            }
        }
        throw new IllegalArgumentException(label() + " is " + wanted + "; it must be " + range());
    }

    /** The value as {@link #parse} reads it. */
    public String format(double value) {
        double clean = control.clamp(value);
        if (!control.choices().isEmpty()) {
            return control.choices().get((int) clean);
        }
        return clean == Math.rint(clean) ? Long.toString((long) clean) : Double.toString(clean);
    }

    /** What values there are, in words. */
    public String range() {
        return switch (control.kind()) {
            case CHOICE, SWITCH -> "one of " + String.join(", ", control.choices());
            case TRIGGER -> "pressed; it has no value";
            case CONTINUOUS -> "from " + format(control.least()) + " to " + format(control.most())
                    + (control.whole() ? ", a whole number" : "");
        };
    }
}
