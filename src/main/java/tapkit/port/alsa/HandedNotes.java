package tapkit.port.alsa;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import tapkit.port.MidiMessage;

/**
 * Which notes may sound at an output whose messages wait in the kernel: one whose end has not been handed over, or is yet to come.
 * One thread reports what it hands over, before it does; any thread may ask, and rather hears of a note too many than of one too few.
 */
final class HandedNotes {
    private static final int NOTES = 128;
    private static final int CHANNELS = 16;
    private static final long NEVER = Long.MIN_VALUE;
    private static final long UNKNOWN = Long.MAX_VALUE;
    /** The kernel may be late too. */
    private static final long GRACE_NANOS = 100_000_000;

    private final AtomicLongArray ends = new AtomicLongArray(CHANNELS * NOTES);
    private final AtomicIntegerArray channels = new AtomicIntegerArray(CHANNELS);

    HandedNotes() {
        forget();
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

    /** Whether a note, channel · 128 + number, may sound. */
    boolean maySound(int note, long nowNanos) {
        long end = ends.getAcquire(note);
        return end == UNKNOWN || (end != NEVER && end > nowNanos - GRACE_NANOS);
    }

    boolean isUsed(int channel) {
        return channels.getAcquire(channel) != 0;
    }

    /** All have been ended. */
    void forget() {
        for (int note = 0; note < ends.length(); note++) {
            ends.setRelease(note, NEVER);
        }
    }

    /**
     * Calls for each message that ends what may sound: a note-off for each note, then all notes off and all sound off for each channel
     * that was ever used.
     */
    void endings(long nowNanos, Ending ending) {
        for (int note = 0; note < ends.length(); note++) {
            if (maySound(note, nowNanos)) {
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
