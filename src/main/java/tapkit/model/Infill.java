package tapkit.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tapkit.data.Quantizer;
import tapkit.data.Score;
import tapkit.data.Score.Note;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.grid.Voice;
import tapkit.port.MidiMessage;

/**
 * Infilling of a whole score, of any length in 4/4: some voices are added, or replaced where they were; everything else stays as it
 * is. Windows of two bars are a bar apart, and each step is taken from the window in whose middle half it stands, so no step is
 * decided without what comes before and after it. Not thread safe.
 */
public final class Infill {
    private static final int HALF = Grid.STEPS_PER_BAR / 2;
    /** Length of a note in steps. */
    private static final double NOTE_STEPS = 0.5;

    private final Infiller infiller;

    public Infill(Infiller infiller) {
        this.infiller = infiller;
    }

    /**
     * Fills voices in.
     *
     * @param wanted at least one voice
     * @param seed   of what the infiller leaves to chance
     * @return the other notes as they were, and the new ones on the drums' channel and track; in finer ticks where the score's are
     *         coarse
     */
    public Score fill(Score score, Set<Voice> wanted, long seed) {
        DrumPart drums = DrumPart.of(score);
        Score whole = drums.score();
        List<Note> kept = whole.notes().stream().filter(note -> !drums.contains(note) || !isOf(note, wanted)).toList();
        Piece rest = Quantizer.piece(drums.alone()).without(wanted);
        List<Note> notes = new ArrayList<>(kept);
        Groove groove = new Groove();
        Place place = new Place(drums.alone());
        for (int bar = -1; bar < rest.bars(); bar++) {
            rest.window(bar, groove);
            infiller.infill(rest, bar, wanted, seed, groove);
            for (int step = HALF; step < Grid.STEPS - HALF; step++) {
                long at = (long) bar * Grid.STEPS_PER_BAR + step;
                for (Voice voice : wanted) {
                    if (at >= 0 && at < (long) rest.bars() * Grid.STEPS_PER_BAR && groove.isHit(step, voice.ordinal())) {
                        int cell = Grid.cell(step, voice.ordinal());
                        notes.add(place.note(voice, at + groove.offsets[cell], groove.velocities[cell]));
                    }
                }
            }
        }
        return whole.withNotes(notes);
    }

    private static boolean isOf(Note note, Set<Voice> wanted) {
        int voice = Voice.ofNote(note.note());
        return voice >= 0 && wanted.contains(Voice.of(voice));
    }

    /** Where the drums are, and which pitches their voices have. */
    private static final class Place {
        private final double stepTicks;
        private final int channel;
        private final int track;
        private final Map<Integer, List<Note>> byVoice;

        private Place(Score drums) {
            stepTicks = drums.ticksPerBeat() / (double) Grid.STEPS_PER_BEAT;
            channel = usual(drums.notes(), Note::channel, MidiMessage.DRUM_CHANNEL);
            track = usual(drums.notes(), Note::track, 0);
            byVoice = drums.notes().stream().collect(Collectors.groupingBy(note -> Voice.ofNote(note.note())));
        }

        private Note note(Voice voice, double position, double velocity) {
            long on = Math.max(0, Math.round(position * stepTicks));
            int pitch = usual(byVoice.getOrDefault(voice.ordinal(), List.of()), Note::note, voice.note());
            return new Note(on, on + Math.round(NOTE_STEPS * stepTicks), track, channel, pitch,
                    Math.clamp(Math.round(127 * velocity), 1, 127));
        }

        /** What most notes have; of equals the smallest. */
        private static int usual(List<Note> notes, Function<Note, Integer> property, int otherwise) {
            return notes.stream().collect(Collectors.groupingBy(property, Collectors.counting())).entrySet().stream()
                    .max(Map.Entry.<Integer, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey(
                            Comparator.reverseOrder())))
                    .map(Map.Entry::getKey).orElse(otherwise);
        }
    }
}
