package tapkit.tap;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tapkit.grid.Voice;

/**
 * Learns a kit pad by pad: the next stroke is the pad that is asked for. What follows within a third of a second, and notes that
 * another pad has, belong to a stroke that is known already. Not thread safe.
 */
public final class KitLearner {
    private static final long PAUSE_NANOS = 333_000_000;

    private final Map<Voice, List<Integer>> notes = new EnumMap<>(Voice.class);
    private int asked;
    private boolean struck;
    private long lastNanos;

    /** The pad that is to be struck next; empty when all are known. */
    public Optional<Voice> asks() {
        return asked < Voice.values().length ? Optional.of(Voice.of(asked)) : Optional.empty();
    }

    /** Takes a note-on; true if it was the stroke that was asked for. */
    public boolean note(int note, long atNanos) {
        boolean echo = struck && atNanos - lastNanos < PAUSE_NANOS;
        if (asks().isEmpty() || echo || notes.values().stream().anyMatch(its -> its.contains(note))) {
            return false;
        }
        struck = true;
        lastNanos = atNanos;
        notes.put(Voice.of(asked), List.of(note));
        asked++;
        return true;
    }

    /** The kit has no such pad. */
    public void skip() {
        asked++;
    }

    /** What was learned. */
    public Map<Voice, List<Integer>> notes() {
        return new EnumMap<>(notes);
    }
}
