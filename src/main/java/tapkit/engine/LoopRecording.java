package tapkit.engine;

import tapkit.telemetry.EngineSnapshot;

/** Whether the loop is being recorded, or from which bar on it will be. Not thread safe; does not allocate. */
final class LoopRecording {
    private static final long NONE = Long.MIN_VALUE;

    private long from = NONE;
    private boolean on;

    boolean isOn() {
        return on;
    }

    /** Whether it will begin. */
    boolean isArmed() {
        return from != NONE;
    }

    /** Whether it is to begin with this bar, or one before. */
    boolean isDue(long bar) {
        return isArmed() && bar >= from;
    }

    void arm(long bar) {
        from = bar;
    }

    void begin() {
        from = NONE;
        on = true;
    }

    /** Ends what is recorded; what is armed stays so. */
    void end() {
        on = false;
    }

    /** The count of bars begins anew at a bar: what is recorded ends, what is armed waits for that one. */
    void jump(long bar) {
        on = false;
        from = isArmed() ? bar : NONE;
    }

    void cancel() {
        from = NONE;
        on = false;
    }

    EngineSnapshot.Recording state() {
        return on
                ? EngineSnapshot.Recording.ON
                : isArmed() ? EngineSnapshot.Recording.ARMED : EngineSnapshot.Recording.NONE;
    }
}
