package tapkit.grid;

import java.util.Arrays;

/**
 * Two bars of taps, the input of Tap2Drum: at each step whether there was a tap, its microtiming and how hard it was struck.
 * Mutable and reused; not thread safe.
 */
public final class TapWindow {
    /** 1 where there is a tap, else 0; {@link Grid#STEPS} long. */
    public final float[] taps = new float[Grid.STEPS];
    /** Offset of the tap in [−0.5, 0.5) of a step, positive = late; 0 where there is none. */
    public final float[] offsets = new float[Grid.STEPS];
    /** Velocity of the tap / 127; 0 where there is none. Meaningless unless {@link #velocityKnown}. */
    public final float[] velocities = new float[Grid.STEPS];
    /** Whether the model may look at {@link #velocities}: false is the paper's Tap2Drum. */
    public boolean velocityKnown;
    /** Tempo in quarter notes a minute. */
    public float bpm = 120;

    /** Removes every tap; tempo and {@link #velocityKnown} stay. */
    public void clear() {
        Arrays.fill(taps, 0);
        Arrays.fill(offsets, 0);
        Arrays.fill(velocities, 0);
    }

    /** Adds a tap: of several in one step the loudest stays, the first of equals. Call in order of time. */
    public void add(int step, float offset, float velocity) {
        if (taps[step] == 0 || velocity > velocities[step]) {
            taps[step] = 1;
            offsets[step] = offset;
            velocities[step] = velocity;
        }
    }

    public int count() {
        int n = 0;
        for (float t : taps) {
            n += t != 0 ? 1 : 0;
        }
        return n;
    }

    /**
     * Collapses all voices of a groove to one: a tap at each step with any hit, with the offset and the velocity of its loudest
     * hit (the first voice of equals). Replaces the taps of this window.
     */
    public void collapse(Groove groove) {
        clear();
        for (int step = 0; step < Grid.STEPS; step++) {
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                int cell = Grid.cell(step, voice);
                if (groove.hits[cell] != 0) {
                    add(step, groove.offsets[cell], groove.velocities[cell]);
                }
            }
        }
    }

    public void copyFrom(TapWindow other) {
        System.arraycopy(other.taps, 0, taps, 0, Grid.STEPS);
        System.arraycopy(other.offsets, 0, offsets, 0, Grid.STEPS);
        System.arraycopy(other.velocities, 0, velocities, 0, Grid.STEPS);
        velocityKnown = other.velocityKnown;
        bpm = other.bpm;
    }
}
