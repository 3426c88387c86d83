package tapkit.doctor;

import java.util.Map;

/**
 * What a check found.
 *
 * @param check   what was looked at, in a word or two
 * @param verdict how it is
 * @param what    what was found, in plain words
 * @param remedy  what to change, in one line; empty if all is well
 * @param figures what was measured, by names with their units
 */
public record Finding(String check, Verdict verdict, String what, String remedy, Map<String, Number> figures) {
    /** How it is. */
    public enum Verdict {
        GOOD,
        /** One can play, and better with the remedy. */
        HINT,
        /** Not fit to play. */
        BAD
    }

    public Finding {
        figures = Map.copyOf(figures);
    }

    static Finding good(String check, String what) {
        return new Finding(check, Verdict.GOOD, what, "", Map.of());
    }

    static Finding hint(String check, String what, String remedy) {
        return new Finding(check, Verdict.HINT, what, remedy, Map.of());
    }

    static Finding bad(String check, String what, String remedy) {
        return new Finding(check, Verdict.BAD, what, remedy, Map.of());
    }

    Finding with(Map<String, Number> measured) {
        return new Finding(check, verdict, what, remedy, measured);
    }
}
