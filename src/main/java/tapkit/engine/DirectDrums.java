package tapkit.engine;

import java.util.Arrays;
import tapkit.grid.Grid;
import tapkit.grid.Groove;

/**
 * What a tap would be, at the step that is struck now and at the next: asked ahead of time, so that a tap need not wait for the model.
 * Not thread safe; does not allocate.
 */
final class DirectDrums {
    /** Taps from here on are loud. */
    private static final float LOUD = 0.62f;
    private static final float PLAIN = 0.6f;
    private static final int SLOTS = 4;
    private static final int KICK = 0;
    private static final int SNARE = 1;
    private static final int HAT = 2;

    private final long[] steps = new long[SLOTS];
    private final float[][] columns = new float[SLOTS][2 * Grid.VOICES];
    private final float[] column = new float[Grid.VOICES];
    private int main;

    DirectDrums() {
        clear();
    }

    void clear() {
        Arrays.fill(steps, Long.MIN_VALUE);
    }

    /** Takes what the model said. */
    void take(Answer answer) {
        long step = (answer.bar - answer.half) * Grid.STEPS_PER_BAR + answer.step;
        int slot = (int) (step & SLOTS - 1);
        steps[slot] = step;
        System.arraycopy(answer.columns, 0, columns[slot], 0, columns[slot].length);
    }

    /**
     * Finds what a tap is: what the model said; where that is not there yet, what is played at this step; else what is usual there.
     *
     * @param step     of the song
     * @param velocity of the tap / 127
     * @param felt     whether the velocity means anything
     * @param playing  the phrase that is played, or null
     * @param cell     the first cell of the step in it
     */
    void choose(long step, float velocity, boolean felt, Groove playing, int cell) {
        int slot = (int) (step & SLOTS - 1);
        Arrays.fill(column, 0);
        if (steps[slot] == step) {
            System.arraycopy(columns[slot], felt && velocity >= LOUD ? Grid.VOICES : 0, column, 0, Grid.VOICES);
        } else if (playing != null) {
            System.arraycopy(playing.velocities, cell, column, 0, Grid.VOICES);
        }
        findMain();
        if (column[main] == 0) {
            main = usual((int) Math.floorMod(step, (long) Grid.STEPS_PER_BAR));
            column[main] = PLAIN;
        }
        if (felt) {
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                column[voice] = voice == main ? velocity : Math.min(column[voice], velocity);
            }
        }
    }

    /** The voice that stands for the tap: the loudest. */
    int main() {
        return main;
    }

    /** Velocity of a voice / 127; 0 where it does not sound. */
    float velocity(int voice) {
        return column[voice];
    }

    private void findMain() {
        main = 0;
        for (int voice = 1; voice < Grid.VOICES; voice++) {
            main = column[voice] > column[main] ? voice : main;
        }
    }

    private static int usual(int step) {
        return switch (step) {
            case 0, 8 -> KICK;
            case 4, 12 -> SNARE;
            default -> HAT;
        };
    }
}
