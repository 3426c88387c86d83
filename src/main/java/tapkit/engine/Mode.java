package tapkit.engine;

/** What taps do, as {@link tapkit.control.Control#MODE} counts. */
enum Mode {
    ANSWER,
    TOGETHER,
    LOOP;

    private static final Mode[] ALL = values();

    static Mode of(int number) {
        return ALL[number];
    }

    /** Whether taps lie in a loop, else in a phrase that is answered. */
    boolean loops() {
        return this != ANSWER;
    }
}
