package tapkit.model;

import tapkit.data.Quantizer;
import tapkit.data.Score;
import tapkit.data.Score.Note;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.grid.Voice;

/**
 * Humanization of a whole score, of any length in 4/4. Every note stays: only onsets and velocities of drums change. Windows of two
 * bars are a bar apart, so every inner bar is played twice, with the bar before and with the bar after; both readings are averaged,
 * so that no bar line is a seam. Not thread safe.
 *
 * <p>In a cell of the grid the note nearest to the grid line gets what was read; others of the cell keep their distance and their
 * share of its velocity. A note farther from its line than a quarter of a step is of a finer grid, a triplet's or a roll's: it keeps
 * that place, and what was read comes on top. Drums of no voice go along with what else sounds in their step.
 */
public final class Humanize {
    /** In steps; beyond it a note belongs to no sixteenth. */
    private static final double ON_GRID = 0.25;

    private final Humanizer humanizer;

    public Humanize(Humanizer humanizer) {
        this.humanizer = humanizer;
    }

    /**
     * Plays a score.
     *
     * @param seed of what the humanizer leaves to chance
     * @return the same notes in the same tracks, with the score's tempo changes; in finer ticks where the score's are coarse
     */
    public Score perform(Score score, long seed) {
        DrumPart drums = DrumPart.of(score);
        Cells cells = new Cells(drums);
        cells.read(humanizer, seed);
        return drums.replace(cells::played);
    }

    /** The score's cells: which note leads each, what it is to be, and how far each step's notes move in the mean. */
    private static final class Cells {
        private static final int BAR_CELLS = Grid.STEPS_PER_BAR * Grid.VOICES;

        private final double stepTicks;
        private final Piece piece;
        private final Note[] leaders;
        private final float[] offsets;
        private final float[] velocities;
        /** How many windows held each bar. */
        private final int[] readings;

        private Cells(DrumPart drums) {
            Score score = drums.alone();
            stepTicks = score.ticksPerBeat() / (double) Grid.STEPS_PER_BEAT;
            piece = Quantizer.piece(score).score();
            leaders = new Note[piece.hits.length];
            for (Note note : score.notes()) {
                int voice = Voice.ofNote(note.note());
                if (voice >= 0) {
                    int cell = Grid.cell((int) Grid.step(position(note)), voice);
                    leaders[cell] = leaders[cell] == null || nearer(note, leaders[cell]) ? note : leaders[cell];
                }
            }
            // There is room for a window that begins in the last bar.
            readings = new int[piece.bars() + 1];
            offsets = new float[readings.length * BAR_CELLS];
            velocities = new float[offsets.length];
        }

        private boolean nearer(Note note, Note leader) {
            int compared = Double.compare(Math.abs(Grid.offset(position(note))), Math.abs(Grid.offset(position(leader))));
            return compared < 0 || (compared == 0 && note.velocity() > leader.velocity());
        }

        private void read(Humanizer humanizer, long seed) {
            Groove groove = new Groove();
            // Nothing follows the last bar, so no window begins there, unless it is the only one.
            for (int bar = 0; bar < Math.max(1, piece.bars() - 1); bar++) {
                piece.window(bar, groove);
                if (groove.hitCount() > 0) {
                    humanizer.humanize(piece, bar, seed, groove);
                }
                for (int cell = 0; cell < Grid.CELLS; cell++) {
                    offsets[bar * BAR_CELLS + cell] += groove.offsets[cell];
                    velocities[bar * BAR_CELLS + cell] += groove.velocities[cell];
                }
                readings[bar]++;
                readings[bar + 1]++;
            }
        }

        private Note played(Note note) {
            int voice = Voice.ofNote(note.note());
            int step = (int) Grid.step(position(note));
            if (voice < 0) {
                return moved(note, meanShift(step), note.velocity());
            }
            int cell = Grid.cell(step, voice);
            Note leader = leaders[cell];
            double velocity = 127.0 * velocities[cell] / readings[cell / BAR_CELLS];
            return moved(note, shift(cell), velocity * note.velocity() / leader.velocity());
        }

        /** How far the notes of a cell move, in steps. */
        private double shift(int cell) {
            double written = Grid.offset(position(leaders[cell]));
            double read = offsets[cell] / readings[cell / BAR_CELLS];
            return Math.abs(written) <= ON_GRID ? read - written : read;
        }

        private double meanShift(int step) {
            double sum = 0;
            int count = 0;
            for (int cell = Grid.cell(step, 0); cell < Math.min(Grid.cell(step + 1, 0), leaders.length); cell++) {
                if (leaders[cell] != null) {
                    sum += shift(cell);
                    count++;
                }
            }
            return count == 0 ? 0 : sum / count;
        }

        private Note moved(Note note, double steps, double velocity) {
            long on = Math.max(0, note.onTick() + Math.round(steps * stepTicks));
            return new Note(on, on + note.offTick() - note.onTick(), note.track(), note.channel(), note.note(),
                    Math.clamp(Math.round(velocity), 1, 127));
        }

        private double position(Note note) {
            return note.onTick() / stepTicks;
        }
    }
}
