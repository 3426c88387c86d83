package tapkit.data;

import java.util.ArrayList;
import java.util.List;
import tapkit.data.Score.Note;
import tapkit.data.Score.Tempo;
import tapkit.data.Score.TimeSignature;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Voice;
import tapkit.port.MidiMessage;

/**
 * Puts grooves back into a {@link Score} in 4/4, bar by bar. Hits keep their microtiming, also across a bar line; only one that
 * would come before the start of the file moves to its first tick. Not thread safe.
 */
public final class ScoreBuilder {
    /** Least ticks in a quarter note: 120 to a sixteenth, about 1 ms at 120 bpm. */
    static final int LEAST_RESOLUTION = 480;
    /** Length of a drum note in steps. */
    private static final double NOTE_STEPS = 0.5;

    private final int ticksPerBeat;
    private final List<Tempo> tempos;
    private final List<String> trackNames = new ArrayList<>(List.of(""));
    private final List<Note> notes = new ArrayList<>();

    private ScoreBuilder(int ticksPerBeat, List<Tempo> tempos) {
        this.ticksPerBeat = ticksPerBeat;
        this.tempos = tempos;
    }

    /** An empty score of one tempo. */
    public static ScoreBuilder at(double bpm) {
        return new ScoreBuilder(LEAST_RESOLUTION, List.of(Tempo.ofBpm(0, bpm)));
    }

    /** An empty score with the tempo changes of another one, as far as its notes go (120 where it has none). */
    public static ScoreBuilder like(Score score) {
        int factor = Math.ceilDiv(LEAST_RESOLUTION, score.ticksPerBeat());
        List<Tempo> tempos = new ArrayList<>(List.of(new Tempo(0, Score.DEFAULT_MICROS_PER_BEAT)));
        score.tempos().stream().filter(t -> t.tick() <= score.endTick())
                .forEach(t -> tempos.add(new Tempo(t.tick() * factor, t.microsPerBeat())));
        return new ScoreBuilder(score.ticksPerBeat() * factor, tempos);
    }

    /** Adds a track; its index is what {@link #drums} and {@link #note} want. Track 0 is there: tempo and metre. */
    public int track(String name) {
        trackNames.add(name);
        return trackNames.size() - 1;
    }

    /**
     * Adds hits of a groove as General MIDI drums.
     *
     * @param bar   where step 0 of the groove belongs
     * @param from  the first of the groove's steps that are wanted
     * @param steps how many
     */
    public void drums(int track, int bar, Groove groove, int from, int steps) {
        for (int step = from; step < from + steps; step++) {
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                int cell = Grid.cell(step, voice);
                if (groove.hits[cell] != 0) {
                    note(track, MidiMessage.DRUM_CHANNEL, Voice.of(voice).note(), (long) bar * Grid.STEPS_PER_BAR + step,
                            groove.offsets[cell], groove.velocities[cell]);
                }
            }
        }
    }

    /** Adds a short note at a step counted from the start, with its offset in [−0.5, 0.5) of a step and velocity in [0, 1]. */
    public void note(int track, int channel, int note, long step, double offset, double velocity) {
        double stepTicks = ticksPerBeat / (double) Grid.STEPS_PER_BEAT;
        long tick = Math.round((step + offset) * stepTicks);
        if (Grid.step(tick / stepTicks) > step) {
            tick--; // rounded up into the next step
        }
        long on = Math.max(0, tick);
        long off = on + Math.max(1, Math.round(NOTE_STEPS * stepTicks));
        notes.add(new Note(on, off, track, channel, note, velocity(velocity)));
    }

    /** A velocity in [0, 1] as MIDI has it; a note that sounds is never 0. */
    static int velocity(double velocity) {
        return Math.clamp(Math.round(velocity * 127), 1, 127);
    }

    public Score build() {
        return new Score(ticksPerBeat, tempos, List.of(new TimeSignature(0, 4, 4)), notes, trackNames);
    }
}
