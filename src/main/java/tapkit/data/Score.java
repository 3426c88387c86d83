package tapkit.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The music of a Standard MIDI File, immutable. Times are ticks from the start; the lists are in order of time and hold what the
 * file says, no more: where it names no tempo or no metre, the standard's 120 and 4/4 hold (see {@link #assumed()}).
 *
 * @param ticksPerBeat   ticks in a quarter note, 1 to 32767
 * @param tempos         tempo changes, at most one a tick; empty if the file has none
 * @param timeSignatures changes of metre, at most one a tick; empty if the file has none
 * @param notes          in order of onset, then end, pitch and velocity
 * @param trackNames     one for each track, "" where it has no name; at least one
 * @param changes        what channels are told beside notes, in order of time: controllers, programs, pitch bends
 */
public record Score(int ticksPerBeat, List<Tempo> tempos, List<TimeSignature> timeSignatures, List<Note> notes,
        List<String> trackNames, List<Change> changes) {
    /** The tempo of a file that names none: 120 quarter notes a minute. */
    public static final int DEFAULT_MICROS_PER_BEAT = 500_000;

    /** A tempo from a tick on, in microseconds a quarter note, 1 to 2^24 − 1. */
    public record Tempo(long tick, int microsPerBeat) {
        public static Tempo ofBpm(long tick, double bpm) {
            return new Tempo(tick, Math.clamp(Math.round(60e6 / bpm), 1, 0xFFFFFF));
        }

        public double bpm() {
            return 60e6 / microsPerBeat;
        }
    }

    /** A metre from a tick on; the denominator is a power of two. */
    public record TimeSignature(long tick, int numerator, int denominator) {
        @Override
        public String toString() {
            return numerator + "/" + denominator;
        }
    }

    /**
     * A note that sounds in [onTick, offTick).
     *
     * @param track    index into {@link Score#trackNames()}
     * @param channel  counted from 0
     * @param velocity 1 to 127
     */
    public record Note(long onTick, long offTick, int track, int channel, int note, int velocity) {
        private static final Comparator<Note> ORDER = Comparator.comparingLong(Note::onTick).thenComparingLong(Note::offTick)
                .thenComparingInt(Note::note).thenComparingInt(Note::velocity).thenComparingInt(Note::channel)
                .thenComparingInt(Note::track);
    }

    /**
     * A message to a channel that is no note, such as how far a hi-hat is open (controller 4).
     *
     * @param track   index into {@link Score#trackNames()}
     * @param message packed as {@link tapkit.port.MidiMessage} does
     */
    public record Change(long tick, int track, int message) {
    }

    /** A score of notes alone. */
    public Score(int ticksPerBeat, List<Tempo> tempos, List<TimeSignature> timeSignatures, List<Note> notes,
            List<String> trackNames) {
        this(ticksPerBeat, tempos, timeSignatures, notes, trackNames, List.of());
    }

    public Score {
        if (ticksPerBeat < 1 || ticksPerBeat > 0x7FFF) {
            throw new IllegalArgumentException("ticks per beat: " + ticksPerBeat);
        }
        // Of two changes at one tick the last one counts.
        Map<Long, Tempo> tempoAt = new TreeMap<>();
        tempos.forEach(t -> tempoAt.put(t.tick, t));
        tempos = List.copyOf(tempoAt.values());
        Map<Long, TimeSignature> signatureAt = new TreeMap<>();
        timeSignatures.forEach(t -> signatureAt.put(t.tick, t));
        timeSignatures = List.copyOf(signatureAt.values());
        notes = notes.stream().sorted(Note.ORDER).toList();
        trackNames = trackNames.isEmpty() ? List.of("") : List.copyOf(trackNames);
        changes = changes.stream().sorted(Comparator.comparingLong(Change::tick)).toList(); // stable: order counts at one tick
    }

    /** The same with other notes. */
    public Score withNotes(List<Note> others) {
        return new Score(ticksPerBeat, tempos, timeSignatures, others, trackNames, changes);
    }

    /** The same with each tick divided into this many. */
    public Score finer(int factor) {
        return factor == 1
                ? this
                : new Score(ticksPerBeat * factor,
                        tempos.stream().map(t -> new Tempo(t.tick * factor, t.microsPerBeat)).toList(),
                        timeSignatures.stream().map(t -> new TimeSignature(t.tick * factor, t.numerator, t.denominator))
                                .toList(),
                        notes.stream().map(n -> new Note(n.onTick * factor, n.offTick * factor, n.track, n.channel, n.note,
                                n.velocity)).toList(),
                        trackNames, changes.stream().map(c -> new Change(c.tick * factor, c.track, c.message)).toList());
    }

    /** When the last note ends, in ticks; 0 without notes. */
    public long endTick() {
        return notes.stream().mapToLong(Note::offTick).max().orElse(0);
    }

    /** Seconds from the start to a tick, through all tempo changes before it. */
    public double secondsAt(double tick) {
        double seconds = 0;
        double from = 0;
        int micros = DEFAULT_MICROS_PER_BEAT;
        for (Tempo tempo : tempos) {
            if (tempo.tick >= tick) {
                break;
            }
            seconds += (tempo.tick - from) * secondsPerTick(micros);
            from = tempo.tick;
            micros = tempo.microsPerBeat;
        }
        return seconds + (tick - from) * secondsPerTick(micros);
    }

    /** Quarter notes a minute at a tick. */
    public double bpmAt(double tick) {
        int micros = DEFAULT_MICROS_PER_BEAT;
        for (Tempo tempo : tempos) {
            if (tempo.tick > tick) {
                break;
            }
            micros = tempo.microsPerBeat;
        }
        return 60e6 / micros;
    }

    /** What the file does not say and is taken to be, in words for the user; empty if it says all. */
    public Optional<String> assumed() {
        List<String> parts = new ArrayList<>();
        if (tempos.isEmpty()) {
            parts.add("no tempo in it, 120 assumed");
        }
        if (timeSignatures.isEmpty()) {
            parts.add("no metre in it, 4/4 assumed");
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
    }

    private double secondsPerTick(int microsPerBeat) {
        return microsPerBeat / (1e6 * ticksPerBeat);
    }
}
