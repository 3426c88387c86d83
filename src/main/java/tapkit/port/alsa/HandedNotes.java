package tapkit.port.alsa;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntPredicate;
import tapkit.port.MidiMessage;

/**
 * Which notes may sound at an output whose messages wait in the kernel: one whose end has not been handed over, or is yet to come.
 * One thread reports what it hands over, before it does; any thread may ask, and rather hears of a note too many than of one too few.
 */
final class HandedNotes {
    private static final int NOTES = 128;
    private static final int CHANNELS = 16;
    private static final long NEVER = Long.MIN_VALUE;
    /** Sounded once, and was ended with all others. */
    private static final long ENDED = NEVER + 1;
    private static final long UNKNOWN = Long.MAX_VALUE;
    /** The kernel may be late too. */
    private static final long GRACE_NANOS = 100_000_000;

    private final AtomicLongArray ends = new AtomicLongArray(CHANNELS * NOTES);
    private final AtomicIntegerArray channels = new AtomicIntegerArray(CHANNELS);

    HandedNotes() {
        for (int note = 0; note < ends.length(); note++) {
            ends.setPlain(note, NEVER);
        }
    }

    /** A message is going to be handed over. */
    void handed(int message, long atNanos) {
        if (MidiMessage.status(message) >= 0xF0) {
            return;
        }
        int channel = MidiMessage.channel(message);
        channels.setRelease(channel, 1);
        int note = channel * NOTES + MidiMessage.data1(message);
        if (MidiMessage.isNoteOn(message)) {
            ends.setRelease(note, UNKNOWN);
        } else if (MidiMessage.isNoteOff(message)) {
            ends.setRelease(note, atNanos);
        }
    }

    /** A message was not taken after all: if it was the end of a note, that goes on sounding. */
    void refused(int message) {
        if (MidiMessage.isNoteOff(message)) {
            ends.setRelease(MidiMessage.channel(message) * NOTES + MidiMessage.data1(message), UNKNOWN);
        }
    }

    /** Whether a note, channel · 128 + number, may sound. */
    boolean maySound(int note, long nowNanos) {
        long end = ends.getAcquire(note);
        return end == UNKNOWN || (end > ENDED && end > nowNanos - GRACE_NANOS);
    }

    boolean isUsed(int channel) {
        return channels.getAcquire(channel) != 0;
    }

    /** All have been ended. */
    void forget() {
        for (int note = 0; note < ends.length(); note++) {
            if (ends.getAcquire(note) != NEVER) {
                ends.setRelease(note, ENDED);
            }
        }
    }

    /**
     * Calls for each message that ends what may sound: a note-off for each note, then all notes off and all sound off for each channel
     * that was ever used.
     */
    void endings(long nowNanos, Ending ending) {
        end(note -> maySound(note, nowNanos), ending);
    }

    /** The same for a receiver that was away, and may have missed the end of any note that ever sounded. */
    void missedEndings(Ending ending) {
        end(note -> ends.getAcquire(note) != NEVER, ending);
    }

    private void end(IntPredicate which, Ending ending) {
        for (int note = 0; note < ends.length(); note++) {
            if (which.test(note)) {
                ending.end(MidiMessage.noteOff(note / NOTES, note % NOTES));
            }
        }
        for (int channel = 0; channel < CHANNELS; channel++) {
            if (isUsed(channel)) {
                ending.end(MidiMessage.pack(MidiMessage.CONTROL_CHANGE | channel, MidiMessage.ALL_NOTES_OFF, 0));
                ending.end(MidiMessage.pack(MidiMessage.CONTROL_CHANGE | channel, MidiMessage.ALL_SOUND_OFF, 0));
            }
        }
    }

    /** Takes a message that ends something. */
    @FunctionalInterface
    interface Ending {
        void end(int message);
    }
}
