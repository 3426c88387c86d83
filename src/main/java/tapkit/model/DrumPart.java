package tapkit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tapkit.data.Score;
import tapkit.data.Score.Note;
import tapkit.port.MidiMessage;

/**
 * The drums of a score: its notes on the drum channel, or all notes if there are none. A part of drums may lie on any channel then,
 * and music around the drums stays as it is.
 */
public final class DrumPart {
    /** Least ticks in a quarter note of what is played: 120 to a sixteenth, about 1 ms at 120 bpm. */
    private static final int LEAST_RESOLUTION = 480;

    private final Score score;
    private final boolean onDrumChannel;

    private DrumPart(Score score) {
        this.score = score;
        onDrumChannel = score.notes().stream().anyMatch(note -> note.channel() == MidiMessage.DRUM_CHANNEL);
    }

    /** Finds the drums, in as many ticks as fine timing needs: those of the score, or a multiple. */
    public static DrumPart of(Score score) {
        int factor = Math.ceilDiv(LEAST_RESOLUTION, score.ticksPerBeat());
        return new DrumPart(score.finer(factor));
    }

    /** The whole score that the drums are a part of. */
    public Score score() {
        return score;
    }

    public boolean contains(Note note) {
        return !onDrumChannel || note.channel() == MidiMessage.DRUM_CHANNEL;
    }

    /** The drums alone. */
    public Score alone() {
        return score.withNotes(score.notes().stream().filter(this::contains).toList());
    }

    /** The drums alone, on the drum channel: for the ear and the eye. */
    public Score onDrumChannel() {
        return score.withNotes(alone().notes().stream().map(note -> new Note(note.onTick(), note.offTick(), note.track(),
                MidiMessage.DRUM_CHANNEL, note.note(), note.velocity())).toList());
    }

    /** The score with each drum note replaced by whatever comes for it. */
    Score replace(Function<Note, Note> replacement) {
        List<Note> notes = new ArrayList<>(score.notes().size());
        score.notes().forEach(note -> notes.add(contains(note) ? replacement.apply(note) : note));
        return score.withNotes(notes);
    }
}
