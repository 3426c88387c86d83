package tapkit.control;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The one list of everything that can be turned, pressed or switched while playing: the page, MIDI and files all speak of
 * these. A control's value travels as one double: a number within its range, the index of a choice, 0 or 1 for a switch; a trigger
 * is pressed by any value. Controls {@link #perVoice} have a value for each voice: {@link Knob}.
 */
public enum Control {
    BPM(20, 300, 120, "bpm", When.AT_ONCE, "Tempo in quarter notes a minute"),
    TAP_TEMPO(When.AT_ONCE, "A beat of the tempo that is wanted: from two presses on"),
    START(When.AT_ONCE, "Starts from bar 1"),
    STOP(When.AT_ONCE, "Stops and silences"),
    START_STOP(When.AT_ONCE, "Starts if nothing runs, else stops"),
    PANIC(When.AT_ONCE, "All notes off, now; the groove is forgotten"),
    CLEAR(When.AT_ONCE, "Forgets taps and drums of this part; the clock runs on; undo brings them back"),

    TEMPERATURE(0, 2, 0, "", When.NEXT_BAR, "0 plays what is likeliest, 1 draws as often as the model thinks, 2 more freely"),
    DENSITY(0, 200, 100, "%", When.NEXT_BAR, "How many hits; 100 is the drummers' own, 0 one drum for each tap"),
    MICROTIMING(0, 150, 100, "%", When.AT_ONCE, "How far hits are from the grid: 0 on it, 100 as played, more is exaggerated"),
    VELOCITY_LOW(1, 127, 1, "", When.AT_ONCE, "The softest hit"),
    VELOCITY_HIGH(1, 127, 127, "", When.AT_ONCE, "The loudest hit"),
    VARIATION(0, 100, 20, "%", When.NEXT_BAR,
            "How much a repeated bar differs: timing, velocity, ghost notes; 0 repeats exactly"),
    SEED(0, 999_999, 0, "", When.NEXT_BAR, "Of everything that is drawn: the same seed and input give the same drums"),
    REROLL(When.NEXT_BAR, "Another seed"),
    MODEL(0, 15, 0, "", When.NEXT_BAR, "Which of the models that were loaded answers, counted from 0"),

    LEVEL(0, 200, 100, "%", When.AT_ONCE, "Velocity of the voice", true),
    MUTE(false, When.AT_ONCE, "Silences the voice", true),
    THRESHOLD(0, 100, 50, "%", When.NEXT_BAR, "How sure the model must be of the voice: 50 as calibrated, 0 always, 100 never",
            true),
    MAXIMUM(0, 16, 16, "hits a bar", When.NEXT_BAR, "The most hits of the voice in a bar; the likeliest stay", true),

    MODE(When.NEXT_BAR, "answer: taps are answered in the next bar; together: they sound at once; loop: they are recorded", 0,
            "answer", "together", "loop"),
    PHRASE(When.NEXT_BAR, "Bars of the phrase that answer and together repeat", 1, "1", "2"),
    MEMORY(When.NEXT_BAR, "Passes that a tap survives in together; adaptive: each new tap replaces the oldest", 11, "0", "1",
            "2",
            "3", "4", "5", "6", "7", "8", "9", "infinite", "adaptive"),
    DIRECT(false, When.AT_ONCE, "Taps sound at once in answer and loop too"),
    FOLLOW(0, 100, 0, "%", When.AT_ONCE, "How closely the tempo follows the hands; 0 keeps it"),
    FOLLOW_LIMIT(0, 50, 20, "%", When.AT_ONCE, "How far from the tempo that was set the hands may lead"),

    LOOP_BARS(When.NEXT_BAR, "Length of the loop that is recorded next", 1, "1", "2", "4", "8"),
    COUNT_IN(0, 4, 0, "bars", When.AT_ONCE,
            "Clicks before start or the first tap; before record from a standstill, 1 at least"),
    RECORD(When.NEXT_BAR, "Records a new loop from the next bar on, after a count-in if nothing runs; again: ends it there"),
    OVERDUB(false, When.AT_ONCE, "Taps are added to the loop"),
    UNDO(When.AT_ONCE, "Takes back the last pass that was tapped, or clear"),
    REDO(When.AT_ONCE, "Takes back undo"),
    TIME(When.NEXT_BAR, "Of loop and together: half is twice as long, double twice as fast", 1, "half", "normal", "double"),

    PART(When.NEXT_BAR, "Parts of the song, each with its own groove; an empty one begins with the current groove", 0, "A", "B",
            "C"),
    FILL(When.AT_ONCE, "A fill from the next beat to the bar line"),
    BREAK(When.NEXT_BAR, "The next bar stops after its first hit"),
    ENDING(When.NEXT_BAR, "A fill in the next bar, then one last hit, then silence"),

    STORE_A(When.AT_ONCE, "Keeps groove and sound as snapshot A"),
    STORE_B(When.AT_ONCE, "Keeps groove and sound as snapshot B"),
    MORPH(0, 100, 0, "%", When.NEXT_BAR, "From snapshot A to snapshot B; acts when both are stored"),

    PRESET(0, 127, 0, "", When.NEXT_BAR, "Which preset, counted from 0"),
    PRESET_NEXT(When.NEXT_BAR, "The next preset"),
    PRESET_PREVIOUS(When.NEXT_BAR, "The preset before"),
    KEEP_LAST(When.AT_ONCE, "Keeps what was played in the last two minutes"),
    LEARN(-1, 1000, -1, "", When.AT_ONCE, "The next MIDI message moves the control of this index; −1: no longer");

    /** What a control is to the hand. */
    public enum Kind {
        /** A number in a range. */
        CONTINUOUS,
        /** One of a few; the value is its index. */
        CHOICE,
        /** Off (0) or on (1). */
        SWITCH,
        /** A button: it has no value. */
        TRIGGER
    }

    /** When a change is heard. */
    public enum When {
        /** With the next hit that was not handed to the port yet. */
        AT_ONCE,
        /** From the next bar line on. */
        NEXT_BAR
    }

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final Kind kind;
    private final double least;
    private final double most;
    private final double initial;
    private final String unit;
    private final List<String> choices;
    private final When when;
    private final String description;
    private final boolean perVoice;

    Control(double least, double most, double initial, String unit, When when, String description) {
        this(Kind.CONTINUOUS, least, most, initial, unit, List.of(), when, description, false);
    }

    Control(double least, double most, double initial, String unit, When when, String description, boolean perVoice) {
        this(Kind.CONTINUOUS, least, most, initial, unit, List.of(), when, description, perVoice);
    }

    Control(boolean initial, When when, String description) {
        this(initial, when, description, false);
    }

    Control(boolean initial, When when, String description, boolean perVoice) {
        this(Kind.SWITCH, 0, 1, initial ? 1 : 0, "", List.of("off", "on"), when, description, perVoice);
    }

    Control(When when, String description) {
        this(Kind.TRIGGER, 0, 1, 0, "", List.of(), when, description, false);
    }

    Control(When when, String description, int initial, String... choices) {
        this(Kind.CHOICE, 0, choices.length - 1, initial, "", List.of(choices), when, description, false);
    }

    Control(Kind kind, double least, double most, double initial, String unit, List<String> choices, When when,
            String description, boolean perVoice) {
        this.kind = kind;
        this.least = least;
        this.most = most;
        this.initial = initial;
        this.unit = unit;
        this.choices = choices;
        this.when = when;
        this.description = description;
        this.perVoice = perVoice;
    }

    /** The name in files and on the command line, such as {@code loop-bars}. */
    public String label() {
        return label;
    }

    public Kind kind() {
        return kind;
    }

    public double least() {
        return least;
    }

    public double most() {
        return most;
    }

    /** The value before anybody changes it. */
    public double initial() {
        return initial;
    }

    /** Of its values, for people; may be empty. */
    public String unit() {
        return unit;
    }

    /** Names of the values of a choice or a switch, from 0 on; else empty. */
    public List<String> choices() {
        return choices;
    }

    public When when() {
        return when;
    }

    /** One line for people. */
    public String description() {
        return description;
    }

    /** Whether each voice has a value of its own. */
    public boolean perVoice() {
        return perVoice;
    }

    /** Whether only whole numbers are values. */
    public boolean whole() {
        return kind != Kind.CONTINUOUS || this == SEED || this == MODEL || this == PRESET || this == LEARN || this == MAXIMUM
                || this == COUNT_IN;
    }

    /** The nearest value; what is no number becomes the initial one. Does not allocate. */
    public double clamp(double value) {
        double inside = Double.isNaN(value) ? initial : Math.clamp(value, least, most);
        return whole() ? Math.rint(inside) : inside;
    }

    /** What a change makes of a value. Adding to a choice goes round. Does not allocate. */
    public double changed(double now, Change change, double value) {
        return switch (change) {
            case SET -> clamp(value);
            case ADD -> kind == Kind.CHOICE || kind == Kind.SWITCH
                    ? least + Math.floorMod((long) Math.rint(now + value - least), (long) (most - least + 1))
                    : clamp(now + value);
            case TOGGLE -> now > (least + most) / 2 ? least : most;
        };
    }

    /** The control with this {@link #label()} or constant's name, whatever its case. */
    public static Optional<Control> named(String name) {
        String wanted = name.toLowerCase(Locale.ROOT).replace('_', '-');
        return Arrays.stream(values()).filter(control -> control.label.equals(wanted)).findFirst();
    }
}
