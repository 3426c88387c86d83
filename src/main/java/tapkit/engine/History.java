package tapkit.engine;

import java.util.Arrays;

/** The last states of a part, for undo and redo. Not thread safe; does not allocate. */
final class History {
    private static final int MOST = 16;

    private final Material[] states = new Material[MOST];
    /** States are numbered; the slot is the number's remainder. */
    private long oldest;
    private long next;
    private long newest;

    History() {
        Arrays.setAll(states, i -> new Material());
    }

    /** Keeps a state that is about to change; what was undone is gone. */
    void keep(Material now) {
        states[slot(next)].copyFrom(now);
        next++;
        newest = next;
        oldest = Math.max(oldest, next - MOST + 1);
    }

    /** Goes back to the state that was kept last; false if there is none. */
    boolean undo(Material now) {
        if (next == oldest) {
            return false;
        }
        states[slot(next)].copyFrom(now); // where redo comes back to
        next--;
        now.copyFrom(states[slot(next)]);
        return true;
    }

    /** Takes back an undo; false if there is none. */
    boolean redo(Material now) {
        if (next == newest) {
            return false;
        }
        next++;
        now.copyFrom(states[slot(next)]);
        return true;
    }

    private static int slot(long number) {
        return (int) (number % MOST);
    }
}
