package tapkit.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tapkit.model.Models;

/** Every setting of {@code play} that has one value: its key in a file, its flag, its environment variable, what it may be. */
public enum Setting {
    IN("ports.in", "--in", Kind.TEXTS, "", "Parts of the names of ports that bring taps; [[input]] says more of each"),
    OUT("ports.out", "--out", Kind.TEXT, "", "Part of the name of the port that the drums go to"),
    CLOCK_IN("ports.clock-in", "", Kind.TEXT, "",
            "Part of the name of the port that brings MIDI clock; else any of the inputs"),
    CONTROL_OUT("ports.control-out", "--control-out", Kind.TEXT, "",
            "Part of the name of the port of a controller whose lights and motors follow the controls"),
    SEND_CLOCK("ports.send-clock", "--send-clock", Kind.SWITCH, "false", "Send MIDI clock"),
    CLOCK("clock.source", "--clock", List.of("internal", "midi", "jack", "tap"), "internal", "Where the tempo comes from"),
    BPM("clock.bpm", "--bpm", 20, 300, "120", "Tempo in quarter notes a minute"),
    MODEL("model.name", "--model", Kind.TEXTS, Models.TAP2DRUM, "The models to choose from; the first answers first"),
    ENGINE("model.engine", "--engine", List.of("vector", "scalar", "nd4j"), "vector", "What computes the model"),
    TEMPERATURE("model.temperature", "--temperature", 0, 2, "0", "0 plays what is likeliest, up to 2 plays more freely"),
    SEED("model.seed", "--seed", Kind.WHOLE, "",
            "The same seed and the same taps give the same drums; else a new one, printed"),
    RECORD("record.file", "--record", Kind.TEXT, "",
            "Where everything played is recorded; else a new file in a folder of sessions"),
    NO_RECORD("record.off", "--no-record", Kind.SWITCH, "false", "Record nothing"),
    JOURNAL("journal.folder", "--journal", Kind.TEXT, "",
            "Folder in which each session is kept, to be replayed; else where the system keeps what programs remember"),
    NO_JOURNAL("journal.off", "--no-journal", Kind.SWITCH, "false", "Keep no session"),
    WEB_PORT("web.port", "--web-port", 0, 65_535, "", "Port of the page; else 8765 or a free one"),
    LISTEN("web.listen", "--listen", Kind.TEXT, "",
            "Address of this machine that serves the page, 0.0.0.0 for all; else 127.0.0.1; elsewhere a token is needed"),
    NO_WEB("web.off", "--no-web", Kind.SWITCH, "false", "Serve no page"),
    OPEN("web.open", "--open", Kind.SWITCH, "false", "Open the page in the browser"),
    OSC("osc.in", "--osc", Kind.ADDRESS, "",
            "Where OSC messages are taken: a port of 127.0.0.1, or of another address of this machine"),
    OSC_OUT("osc.out", "--osc-out", Kind.ADDRESS, "", "Where OSC messages are sent of what changes and what is played");

    /** What a value is. */
    enum Kind {
        TEXT,
        TEXTS,
        NUMBER,
        WHOLE,
        SWITCH,
        CHOICE,
        ADDRESS
    }

    private final String key;
    private final String flag;
    private final Kind kind;
    private final double least;
    private final double most;
    private final List<String> choices;
    private final String fallback;
    private final String description;

    Setting(String key, String flag, Kind kind, String fallback, String description) {
        this(key, flag, kind, Long.MIN_VALUE, Long.MAX_VALUE, List.of(), fallback, description);
    }

    Setting(String key, String flag, double least, double most, String fallback, String description) {
        this(key, flag, Kind.NUMBER, least, most, List.of(), fallback, description);
    }

    Setting(String key, String flag, List<String> choices, String fallback, String description) {
        this(key, flag, Kind.CHOICE, 0, 0, choices, fallback, description);
    }

    Setting(String key, String flag, Kind kind, double least, double most, List<String> choices, String fallback,
            String description) {
        this.key = key;
        this.flag = flag;
        this.kind = kind;
        this.least = least;
        this.most = most;
        this.choices = choices;
        this.fallback = fallback;
        this.description = description;
    }

    /** In a file: table and key, such as {@code clock.bpm}. */
    public String key() {
        return key;
    }

    /** On the command line; empty if there is none. */
    public String flag() {
        return flag;
    }

    /** In the environment, such as {@code TAPKIT_BPM}: as the flag, else as the key. */
    public String variable() {
        String name = flag.isEmpty() ? key.substring(key.indexOf('.') + 1) : flag.substring(2);
        return "TAPKIT_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** The value where nobody gives one; empty: none. */
    public String fallback() {
        return fallback;
    }

    /** One line for people. */
    public String description() {
        return description;
    }

    String table() {
        return key.substring(0, key.indexOf('.'));
    }

    String field() {
        return key.substring(key.indexOf('.') + 1);
    }

    /** What values there are, in words. */
    public String range() {
        return switch (kind) {
            case TEXT -> "text";
            case TEXTS -> "text, or a list of texts";
            case WHOLE -> "a whole number";
            case SWITCH -> "true or false";
            case CHOICE -> String.join(", ", choices);
            case NUMBER -> "%.0f to %.0f".formatted(least, most);
            case ADDRESS -> HostPort.RANGE;
        };
    }

    /** What is wrong with a text as the value of this setting. */
    Optional<String> fault(String text) {
        boolean ok = switch (kind) {
            case TEXT, TEXTS -> !text.isBlank();
            case SWITCH -> text.equals("true") || text.equals("false");
            case CHOICE -> choices.contains(text.toLowerCase(Locale.ROOT));
            case WHOLE -> text.matches("-?[0-9]{1,18}");
            case NUMBER -> isNumber(text);
            case ADDRESS -> HostPort.parse(text).isPresent();
        };
        return ok ? Optional.empty() : Optional.of("is " + text + "; it must be " + range());
    }

    private boolean isNumber(String text) {
        try {
            double value = Double.parseDouble(text);
            return value >= least && value <= most;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The setting of this flag. */
    public static Optional<Setting> ofFlag(String flag) {
        return Arrays.stream(values()).filter(setting -> setting.flag.equals(flag)).findFirst();
    }
}
