package tapkit.data;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import tapkit.data.Score.Note;
import tapkit.port.MidiMessage;

/**
 * Writes Standard MIDI Files. A note lasts a tick at least, and ends where its pitch is struck again on its channel: a file cannot
 * say which of two equal notes a note-off ends.
 */
final class MidiWriter {
    /** One event of a track; of those at one tick, metre and tempo come first, then note-offs, then changes in their order, then note-ons. */
    private record Event(long tick, int rank, int message, int microsPerBeat, int numerator, int denominator) {
        private static final int CHANGE = 3;
        private static final Comparator<Event> ORDER = Comparator.comparingLong(Event::tick).thenComparingInt(Event::rank)
                .thenComparingInt(e -> e.rank == CHANGE ? 0 : MidiMessage.channel(e.message))
                .thenComparingInt(e -> e.rank == CHANGE ? 0 : MidiMessage.data1(e.message));
    }

    private MidiWriter() {
    }

    static byte[] encode(Score score) {
        int tracks = score.trackNames().size();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(TrackEncoder.header(tracks == 1 ? 0 : 1, tracks, score.ticksPerBeat()));
        for (int track = 0; track < tracks; track++) {
            byte[] events = track(score, track);
            out.writeBytes(TrackEncoder.trackHeader(events.length));
            out.writeBytes(events);
        }
        return out.toByteArray();
    }

    private static byte[] track(Score score, int track) {
        List<Event> events = new ArrayList<>();
        if (track == 0) {
            score.timeSignatures().forEach(m -> events.add(new Event(m.tick(), 0, 0, 0, m.numerator(), m.denominator())));
            score.tempos().forEach(t -> events.add(new Event(t.tick(), 1, 0, t.microsPerBeat(), 0, 0)));
        }
        long[] nextOnset = new long[16 * 128];
        Arrays.fill(nextOnset, Long.MAX_VALUE);
        for (Note note : score.notes().reversed()) {
            if (note.track() == track) {
                int key = note.channel() * 128 + note.note();
                long end = Math.max(note.onTick() + 1, Math.min(note.offTick(), nextOnset[key]));
                nextOnset[key] = note.onTick();
                int on = MidiMessage.noteOn(note.channel(), note.note(), note.velocity());
                events.add(new Event(note.onTick(), Event.CHANGE + 1, on, 0, 0, 0));
                events.add(new Event(end, 2, MidiMessage.noteOff(note.channel(), note.note()), 0, 0, 0));
            }
        }
        score.changes().stream().filter(change -> change.track() == track)
                .forEach(change -> events.add(new Event(change.tick(), Event.CHANGE, change.message(), 0, 0, 0)));
        events.sort(Event.ORDER);
        TrackEncoder encoder = new TrackEncoder();
        String name = score.trackNames().get(track);
        if (!name.isEmpty()) {
            encoder.trackName(0, name);
        }
        long last = 0;
        for (Event event : events) {
            switch (event.rank) {
                case 0 -> encoder.timeSignature(event.tick, event.numerator, event.denominator);
                case 1 -> encoder.tempo(event.tick, event.microsPerBeat);
                default -> encoder.message(event.tick, event.message);
            }
            last = event.tick;
        }
        return encoder.endOfTrack(last).take();
    }
}
