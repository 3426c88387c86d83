package tapkit.data;

import java.util.Arrays;
import java.util.List;
import tapkit.data.Score.Note;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.grid.TapWindow;
import tapkit.grid.Voice;

/**
 * Puts a {@link Score} on the grid. Bars are counted from 0 at tick 0. Any bar may be asked for: beyond the music there is
 * silence.
 */
public final class Quantizer {
    private Quantizer() {
    }

    /** Bars of a performance, as the dataset's windows count them: round(end of the last note / bar), halves to even. */
    public static int bars(Score score) {
        return (int) Math.rint(score.endTick() / barTicks(score));
    }

    /** Bars that are needed to hold every onset: 1 + the bar of the last onset's step; 0 without notes. */
    public static int barsCovering(Score score) {
        List<Note> notes = score.notes();
        return notes.isEmpty() ? 0 : (int) (step(score, notes.getLast().onTick()) / Grid.STEPS_PER_BAR) + 1;
    }

    /** Fills {@code out} with the drums of two bars; notes of no voice are left out. */
    public static void groove(Score score, int bar, Windowing windowing, Groove out) {
        out.clear();
        double stepTicks = stepTicks(score);
        double start = bar * barTicks(score);
        double end = start + Grid.STEPS * stepTicks;
        List<Note> notes = score.notes();
        for (int i = firstFrom(notes, start - stepTicks); i < notes.size() && notes.get(i).onTick() < end; i++) {
            Note note = notes.get(i);
            int voice = Voice.ofNote(note.note());
            double position = (note.onTick() - start) / stepTicks;
            long step = Grid.step(position);
            boolean inside = step >= 0 && step < Grid.STEPS && (windowing == Windowing.ALIGNED || position >= 0);
            if (inside && voice >= 0) {
                out.add((int) step, voice, (float) (position - step), note.velocity() / 127f);
            }
        }
    }

    /** The whole score on the grid, with all bars that it needs; notes of no voice are left out. */
    public static Piece piece(Score score) {
        double[] bpm = new double[Math.max(1, Math.max(bars(score), barsCovering(score)))];
        Arrays.setAll(bpm, bar -> score.bpmAt(bar * barTicks(score)));
        Piece piece = new Piece(bpm);
        for (Note note : score.notes()) {
            int voice = Voice.ofNote(note.note());
            if (voice >= 0) {
                double position = note.onTick() / stepTicks(score);
                piece.add((int) Grid.step(position), voice, (float) Grid.offset(position), note.velocity() / 127f);
            }
        }
        return piece;
    }

    /** Fills {@code out} with two bars in which every note, whatever its pitch, is a tap. Sets the tempo at their start. */
    public static void taps(Score score, int bar, TapWindow out) {
        out.clear();
        double stepTicks = stepTicks(score);
        double start = bar * barTicks(score);
        double end = start + Grid.STEPS * stepTicks;
        out.bpm = (float) score.bpmAt(start);
        List<Note> notes = score.notes();
        for (int i = firstFrom(notes, start - stepTicks); i < notes.size() && notes.get(i).onTick() < end; i++) {
            double position = (notes.get(i).onTick() - start) / stepTicks;
            long step = Grid.step(position);
            if (step >= 0 && step < Grid.STEPS) {
                out.add((int) step, (float) (position - step), notes.get(i).velocity() / 127f);
            }
        }
    }

    /** The step of a tick, counted from tick 0. */
    static long step(Score score, long tick) {
        return Grid.step(tick / stepTicks(score));
    }

    static double stepTicks(Score score) {
        return score.ticksPerBeat() / (double) Grid.STEPS_PER_BEAT;
    }

    private static double barTicks(Score score) {
        return stepTicks(score) * Grid.STEPS_PER_BAR;
    }

    /** Index of the first note whose onset is not before a tick. */
    private static int firstFrom(List<Note> notes, double tick) {
        int low = 0;
        int high = notes.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (notes.get(middle).onTick() < tick) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
