package tapkit.telemetry;

import java.util.ArrayList;
import java.util.List;
import tapkit.data.Score;
import tapkit.port.MidiMessage;

/**
 * The music of a session from what was played in it: a track of taps, a track of drums, the tempo, bar lines where they were. What it is
 * depends on the events and their order alone, not on when they were told. Not thread safe.
 */
public final class SessionScore {
    /** Ticks in a beat of every score that this makes. */
    public static final int TICKS_PER_BEAT = SessionTimeline.TICKS_PER_BEAT;
    /** Names of the tracks: that of tempo and metre, taps, drums. */
    static final List<String> TRACKS = List.of("tapkit", "taps", "drums");
    static final int TAP_CHANNEL = 0;
    static final long NOTE_TICKS = TICKS_PER_BEAT / 8;
    private static final int TAPS = 1;
    private static final int DRUMS = 2;
    /** A drum is told of less long before it sounds. */
    private static final long MOST_AHEAD_NANOS = 1_000_000_000;

    /**
     * Something at its place.
     *
     * @param message of a note or a controller; 0 for a tempo
     */
    record Entry(long tick, long number, long atNanos, PlayedEvent.Kind kind, int message, double bpm) {
        boolean isTakenBackBy(PlayedEvent silence) {
            return kind == PlayedEvent.Kind.DRUM && atNanos > silence.atNanos;
        }
    }

    private final double startBpm;
    private final SessionTimeline timeline;
    private final List<Entry> entries = new ArrayList<>();
    private long numbered;

    /** @param bpm the tempo at the start */
    public SessionScore(double bpm) {
        startBpm = bpm;
        timeline = new SessionTimeline(bpm);
    }

    /** Adds what was played next. */
    public void add(PlayedEvent event) {
        place(event);
    }

    /** The same; returns its place, or null if it has none. */
    Entry place(PlayedEvent event) {
        long tick = timeline.tick(event);
        int message = switch (event.kind) {
            case TAP -> MidiMessage.noteOn(TAP_CHANNEL, event.note, event.velocity);
            case DRUM -> MidiMessage.noteOn(MidiMessage.DRUM_CHANNEL, event.note, event.velocity);
            case PEDAL -> MidiMessage.pack(MidiMessage.CONTROL_CHANGE | TAP_CHANNEL, event.note, event.velocity);
            case TEMPO, SILENCE, CONTROL -> 0;
        };
        if (event.kind == PlayedEvent.Kind.SILENCE) {
            takeBack(event);
        }
        if (message == 0 && event.kind != PlayedEvent.Kind.TEMPO) {
            return null;
        }
        Entry entry = new Entry(tick, numbered++, event.atNanos, event.kind, message, event.bpm);
        entries.add(entry);
        return entry;
    }

    private void takeBack(PlayedEvent silence) {
        for (int i = entries.size() - 1; i >= 0 && entries.get(i).atNanos >= silence.atNanos - MOST_AHEAD_NANOS; i--) {
            if (entries.get(i).isTakenBackBy(silence)) {
                entries.remove(i);
            }
        }
    }

    /** Whether a note was played. */
    public boolean isEmpty() {
        return entries.stream().noneMatch(entry -> MidiMessage.isNoteOn(entry.message));
    }

    /** The music so far; taps on channel 1, drums on channel 10, as people count them. */
    public Score score() {
        List<Score.Tempo> tempos = new ArrayList<>(List.of(Score.Tempo.ofBpm(0, startBpm)));
        List<Score.Note> notes = new ArrayList<>();
        List<Score.Change> changes = new ArrayList<>();
        for (Entry entry : entries) {
            int message = entry.message;
            if (entry.kind == PlayedEvent.Kind.TEMPO) {
                tempos.add(Score.Tempo.ofBpm(entry.tick, entry.bpm));
            } else if (entry.kind == PlayedEvent.Kind.PEDAL) {
                changes.add(new Score.Change(entry.tick, TAPS, message));
            } else {
                notes.add(new Score.Note(entry.tick, entry.tick + NOTE_TICKS, entry.kind == PlayedEvent.Kind.TAP ? TAPS : DRUMS,
                        MidiMessage.channel(message), MidiMessage.data1(message), MidiMessage.data2(message)));
            }
        }
        return new Score(TICKS_PER_BEAT, tempos, List.of(new Score.TimeSignature(0, 4, 4)), notes, TRACKS, changes);
    }
}
