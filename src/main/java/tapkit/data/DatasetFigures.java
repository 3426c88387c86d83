package tapkit.data;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tapkit.grid.Voice;

/**
 * What a split of the dataset amounts to, to be compared with what is known of the released one: if these agree, figures can be
 * compared too. All are of takes in 4/4 and of windows that are cut by time.
 *
 * @param takes       takes
 * @param withWindows takes of two bars or more
 * @param windows     windows of two bars, a bar apart
 * @param cells       hits in all windows
 * @param notes       notes in all takes
 * @param lost        share of the notes that shares its cell with a louder one or belongs to no voice
 */
public record DatasetFigures(int takes, int withWindows, int windows, int cells, int notes, double lost) {
    /** The Groove MIDI Dataset 1.0.0; the last is rounded to a tenth of a percent. */
    private static final Map<Split, DatasetFigures> RELEASED = Map.of( //
            Split.TRAIN, new DatasetFigures(887, 444, 16_335, 598_475, 347_266, 0.070), //
            Split.VALIDATION, new DatasetFigures(122, 63, 2_033, 72_888, 42_445, 0.071), //
            Split.TEST, new DatasetFigures(129, 87, 2_062, 75_248, 43_894, 0.066));
    private static final double ROUNDING = 5e-4;

    /** Counts. */
    public static DatasetFigures of(List<Take> takes) {
        List<Window> windows = Window.of(takes, Windowing.CUT);
        int notes = takes.stream().mapToInt(take -> take.score().notes().size()).sum();
        return new DatasetFigures(takes.size(), (int) windows.stream().mapToInt(Window::take).distinct().count(),
                windows.size(),
                windows.stream().mapToInt(window -> window.groove().hitCount()).sum(), notes,
                1 - takes.stream().mapToInt(DatasetFigures::cells).sum() / (double) Math.max(1, notes));
    }

    /** Those of the released dataset. */
    public static DatasetFigures released(Split split) {
        return RELEASED.get(split);
    }

    /** Whether this is the released split. */
    public boolean matches(Split split) {
        DatasetFigures released = released(split);
        return equals(new DatasetFigures(released.takes, released.withWindows, released.windows, released.cells, released.notes,
                lost)) && Math.abs(lost - released.lost) <= ROUNDING;
    }

    /** Different cells of the whole take in which there is a note. */
    private static int cells(Take take) {
        Set<Long> cells = new HashSet<>();
        for (Score.Note note : take.score().notes()) {
            int voice = Voice.ofNote(note.note());
            if (voice >= 0) {
                cells.add(Quantizer.step(take.score(), note.onTick()) * Voice.values().length + voice);
            }
        }
        return cells.size();
    }
}
