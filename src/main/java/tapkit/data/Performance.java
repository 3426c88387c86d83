package tapkit.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tapkit.data.Score.Note;
import tapkit.grid.Grid;
import tapkit.grid.Piece;
import tapkit.grid.Voice;

/** A score as it is performed. */
public final class Performance {
    private Performance() {
    }

    /**
     * Gives the notes of a score a performance's timing and velocity. Everything else stays: tracks, channels, pitches, lengths,
     * tempi, controllers, and notes that belong to no voice. Of several notes in one cell the loudest, the first of equals, is performed; the
     * others move with it.
     *
     * @param performed has a hit in the cell of every note of a voice, as {@link Quantizer#piece} of the score has
     */
    public static Score of(Score score, Piece performed) {
        int factor = Math.ceilDiv(ScoreBuilder.LEAST_RESOLUTION, score.ticksPerBeat());
        double stepTicks = Quantizer.stepTicks(score) * factor;
        Map<Integer, Note> played = loudest(score);
        List<Note> notes = new ArrayList<>();
        for (Note note : score.notes()) {
            long on = note.onTick() * factor;
            long length = (note.offTick() - note.onTick()) * factor;
            int velocity = note.velocity();
            int cell = cell(score, note);
            if (cell >= 0) {
                Note first = played.get(cell);
                int step = cell / Grid.VOICES;
                long performedTick = Math.round((step + (double) performed.offsets[cell]) * stepTicks);
                on = Math.max(0, on + performedTick - first.onTick() * factor);
                velocity = note.equals(first) ? ScoreBuilder.velocity(performed.velocities[cell]) : velocity;
            }
            notes.add(new Note(on, on + length, note.track(), note.channel(), note.note(), velocity));
        }
        return score.finer(factor).withNotes(notes);
    }

    private static Map<Integer, Note> loudest(Score score) {
        Map<Integer, Note> loudest = new HashMap<>();
        for (Note note : score.notes()) {
            int cell = cell(score, note);
            if (cell >= 0) {
                loudest.merge(cell, note, (a, b) -> b.velocity() > a.velocity() ? b : a);
            }
        }
        return loudest;
    }

    /** The cell of a note in the score's piece, or −1 where it belongs to no voice. */
    private static int cell(Score score, Note note) {
        int voice = Voice.ofNote(note.note());
        return voice < 0 ? -1 : Grid.cell((int) Quantizer.step(score, note.onTick()), voice);
    }
}
