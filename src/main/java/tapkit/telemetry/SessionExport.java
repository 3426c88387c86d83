package tapkit.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import tapkit.data.Score;
import tapkit.grid.Voice;
import tapkit.port.MidiMessage;

/**
 * What is to be had of a session's score: taps, drums or both, all of it or from a bar on, each voice on a track of its own if wanted. The
 * first bar of a score is free, whether all of it is taken or a part, so that what comes a little before its first bar line has a place.
 *
 * @param what     is taken
 * @param perVoice whether each voice of the drums has a track
 * @param pedal    what the drums' track is told of the hi-hat's pedal
 */
public record SessionExport(What what, boolean perVoice, Pedal pedal) {
    /** What is taken of a session. */
    public enum What {
        TAPS,
        DRUMS,
        BOTH
    }

    /** What the hi-hat's pedal (controller 4) on the drums' track follows. */
    public enum Pedal {
        /** It is not told of. */
        OFF,
        /** The drums: it opens before an open hi-hat and closes before a closed one. */
        DRUMS,
        /** The player's own. */
        FOOT
    }

    private static final int TAPS = 1;
    private static final int DRUMS = 2;
    private static final int OPEN = 0;
    private static final int CLOSED = 127;
    private static final int CONTROL_CHANGE = MidiMessage.CONTROL_CHANGE | MidiMessage.DRUM_CHANNEL;
    private static final long BAR_TICKS = 4L * SessionScore.TICKS_PER_BEAT;
    /** Half a sixteenth: so much a hit may come before its bar line. */
    private static final long EARLY_TICKS = SessionScore.TICKS_PER_BEAT / 8;

    /**
     * The part of a session's score from the bar line at or before a time.
     *
     * @param seconds from the start of the score
     */
    public static Score from(Score score, double seconds) {
        long line = lineBefore(score, seconds);
        long start = line - BAR_TICKS;
        if (start <= 0) {
            return score;
        }
        List<Score.Tempo> tempos = new ArrayList<>(List.of(Score.Tempo.ofBpm(0, score.bpmAt((double) line))));
        score.tempos().stream().filter(tempo -> tempo.tick() > line)
                .forEach(tempo -> tempos.add(new Score.Tempo(tempo.tick() - start, tempo.microsPerBeat())));
        return new Score(score.ticksPerBeat(), tempos, List.of(new Score.TimeSignature(0, 4, 4)),
                score.notes().stream().filter(note -> note.onTick() >= line - EARLY_TICKS)
                        .map(n -> new Score.Note(n.onTick() - start, n.offTick() - start, n.track(), n.channel(), n.note(),
                                n.velocity()))
                        .toList(),
                score.trackNames(), score.changes().stream().filter(change -> change.tick() >= line - EARLY_TICKS)
                        .map(change -> new Score.Change(change.tick() - start, change.track(), change.message())).toList());
    }

    private static long lineBefore(Score score, double seconds) {
        long line = 0;
        while (line + BAR_TICKS <= score.endTick() && score.secondsAt((double) (line + BAR_TICKS)) <= seconds) {
            line += BAR_TICKS;
        }
        return line;
    }

    /** What is wanted of a session's score. */
    public Score of(Score session) {
        List<String> names = new ArrayList<>(List.of(session.trackNames().getFirst()));
        List<Score.Note> notes = new ArrayList<>();
        List<Score.Change> changes = new ArrayList<>();
        if (what != What.DRUMS) {
            int track = names.size();
            names.add(session.trackNames().get(TAPS));
            session.notes().stream().filter(note -> note.track() == TAPS).forEach(note -> notes.add(on(note, track)));
            session.changes().forEach(change -> changes.add(new Score.Change(change.tick(), track, change.message())));
        }
        if (what != What.TAPS) {
            List<Score.Note> drums = session.notes().stream().filter(note -> note.track() == DRUMS).toList();
            int[] tracks = tracks(drums, names, session.trackNames().get(DRUMS));
            drums.forEach(note -> notes.add(on(note, tracks[Math.max(0, Voice.ofNote(note.note()))])));
            int hats = tracks[Voice.CLOSED_HAT.ordinal()];
            switch (pedal) {
                case OFF -> {
                    // nothing is told
                }
                case FOOT -> session.changes().forEach(change -> changes.add(new Score.Change(change.tick(), hats,
                        MidiMessage.pack(CONTROL_CHANGE, MidiMessage.data1(change.message()),
                                MidiMessage.data2(change.message())))));
                case DRUMS -> movePedal(drums, tracks, changes);
            }
        }
        return new Score(session.ticksPerBeat(), session.tempos(), session.timeSignatures(), notes, names, changes);
    }

    /** The track of each voice; their names are added. */
    private int[] tracks(List<Score.Note> drums, List<String> names, String all) {
        int[] tracks = new int[Voice.values().length];
        TreeSet<Integer> played = new TreeSet<>();
        drums.forEach(note -> played.add(Math.max(0, Voice.ofNote(note.note()))));
        if (!perVoice || played.isEmpty()) {
            Arrays.fill(tracks, names.size());
            names.add(all);
            return tracks;
        }
        for (int voice : played) {
            tracks[voice] = names.size();
            names.add(Voice.of(voice).label());
        }
        return tracks;
    }

    private static void movePedal(List<Score.Note> drums, int[] tracks, List<Score.Change> changes) {
        int position = -1;
        for (Score.Note note : drums) {
            int voice = Voice.ofNote(note.note());
            int wanted = voice == Voice.OPEN_HAT.ordinal() ? OPEN : CLOSED;
            if ((voice == Voice.OPEN_HAT.ordinal() || voice == Voice.CLOSED_HAT.ordinal()) && wanted != position) {
                position = wanted;
                changes.add(new Score.Change(note.onTick(), tracks[voice], MidiMessage.pack(CONTROL_CHANGE, 4, wanted)));
            }
        }
    }

    private static Score.Note on(Score.Note note, int track) {
        return new Score.Note(note.onTick(), note.offTick(), track, note.channel(), note.note(), note.velocity());
    }

    /** A score to listen to: taps sound as the drums that their notes name, or as a snare. */
    public static Score audible(Score score) {
        return score.withNotes(score.notes().stream()
                .map(note -> note.channel() == MidiMessage.DRUM_CHANNEL
                        ? note
                        : new Score.Note(note.onTick(), note.offTick(), note.track(), MidiMessage.DRUM_CHANNEL,
                                Voice.ofNote(note.note()) < 0 ? Voice.SNARE.note() : note.note(), note.velocity()))
                .toList());
    }
}
