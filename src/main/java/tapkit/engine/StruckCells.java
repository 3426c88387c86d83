package tapkit.engine;

import java.util.Arrays;

/**
 * Which voices are done with at which steps of the song, so that nothing is played twice, whoever was first: a plan, the plan that
 * replaced it, or a hand. Steps are counted from bar 0. Remembers the last 64 steps. Not thread safe; does not allocate.
 */
final class StruckCells {
    private static final int STEPS = 64;
    private static final int MASK = STEPS - 1;

    /** All voices as bits. */
    static final int ALL = -1;

    private final long[] steps = new long[STEPS];
    /** Voices that no plan may play there any more, one bit each. */
    private final int[] done = new int[STEPS];
    /** Voices among them that a plan has handed over. */
    private final int[] planned = new int[STEPS];

    private final boolean[] hands = new boolean[STEPS];

    StruckCells() {
        clear();
    }

    /** Forgets everything: the count of steps begins anew, or the port was silenced. */
    void clear() {
        Arrays.fill(steps, Long.MIN_VALUE);
    }

    /** A plan has handed the voice over. */
    void plan(long step, int voice) {
        planned[slot(step)] |= 1 << voice;
        pass(step, voice);
    }

    /** The voice is not to be played there by a plan: a hand did, or its time has passed. */
    void pass(long step, int voice) {
        done[slot(step)] |= 1 << voice;
    }

    /** A hand has struck there: these voices are not to be played there by a plan. */
    void strike(long step, int voices) {
        int slot = slot(step);
        done[slot] |= voices;
        hands[slot] = true;
    }

    /** Whether a hand has struck there. */
    boolean isStruck(long step) {
        return steps[(int) (step & MASK)] == step && hands[(int) (step & MASK)];
    }

    boolean isDone(long step, int voice) {
        return steps[(int) (step & MASK)] == step && (done[(int) (step & MASK)] & 1 << voice) != 0;
    }

    /** Whether a plan has handed the voice over. */
    boolean isPlanned(long step, int voice) {
        return steps[(int) (step & MASK)] == step && (planned[(int) (step & MASK)] & 1 << voice) != 0;
    }

    private int slot(long step) {
        int slot = (int) (step & MASK);
        if (steps[slot] != step) {
            steps[slot] = step;
            done[slot] = 0;
            planned[slot] = 0;
            hands[slot] = false;
        }
        return slot;
    }
}
