package tapkit.bench;

import java.util.Arrays;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.MidiUnavailableException;
import javax.sound.midi.Receiver;
import javax.sound.midi.Sequence;
import javax.sound.midi.Sequencer;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/**
 * The JDK's Sequencer. It doesn't tell when it has begun, so lateness is counted from its most punctual event, which flatters it.
 */
final class SequencerPlayer implements AutoCloseable, Receiver {
    private static final int TICKS_PER_EVENT = 100;

    private final Sequencer sequencer;
    private final Timetable timetable;
    private final EventTimes times;
    private volatile int received;

    SequencerPlayer(Timetable timetable) throws MidiUnavailableException, InvalidMidiDataException {
        this.timetable = timetable;
        times = new EventTimes(timetable.events());
        // A quarter note is an event, so that the tempo says exactly how long one lasts.
        Sequence sequence = new Sequence(Sequence.PPQ, TICKS_PER_EVENT);
        Track track = sequence.createTrack();
        for (int i = 0; i < timetable.events(); i++) {
            track.add(new MidiEvent(new ShortMessage(ShortMessage.NOTE_ON, 9, 36, 100), (long) i * TICKS_PER_EVENT));
        }
        sequencer = MidiSystem.getSequencer(false);
        sequencer.open();
        sequencer.getTransmitter().setReceiver(this);
        sequencer.setSequence(sequence);
        sequencer.setTempoInMPQ(timetable.intervalNanos() / 1000f);
    }

    /** Begins; returns at once. */
    void play() {
        sequencer.start();
    }

    @Override
    public void send(MidiMessage message, long timeStamp) {
        long now = System.nanoTime();
        int event = received;
        if (message.getStatus() == (ShortMessage.NOTE_ON | 9) && event < times.events()) {
            times.set(event, now);
            received = event + 1;
        }
    }

    /** How late each event was that has been played. */
    Punctuality result() {
        long[] late = new long[received];
        Arrays.setAll(late, event -> times.get(event) - event * timetable.intervalNanos());
        long best = Arrays.stream(late).min().orElse(0);
        return Punctuality.of(Arrays.stream(late).map(at -> at - best).toArray());
    }

    @Override
    public void close() {
        sequencer.close();
    }
}
