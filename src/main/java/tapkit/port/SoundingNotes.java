package tapkit.port;

/**
 * The notes that sound at an output, and the messages that end them. Not thread-safe; nothing is allocated after construction.
 *
 * <p>
 * To silence a port: {@link #beginEnding()}, then write {@link #ending()} and report it to {@link #sent} until there is no more.
 */
public final class SoundingNotes {
    /** One bit a note: 16 channels of 128. */
    private final long[] notes = new long[32];
    /** Notes that ever sounded. */
    private final long[] used = new long[32];
    /** Notes of which is still to be said that they do not sound. */
    private final long[] reminders = new long[32];
    /** One bit for each channel that was ever used. */
    private int channels;
    /** Controllers still to be written: bits 0 to 15 all notes off, 16 to 31 all sound off, by channel. */
    private int resets;

    /** Takes note of a message that has left. */
    public void sent(int message) {
        int status = MidiMessage.kind(message);
        if (status >= 0xF0) {
            return;
        }
        int channel = MidiMessage.channel(message);
        channels |= 1 << channel;
        int note = MidiMessage.data1(message);
        int word = (channel << 1) | (note >>> 6);
        if (MidiMessage.isNoteOn(message)) {
            notes[word] |= 1L << note;
            used[word] |= 1L << note;
            reminders[word] &= ~(1L << note);
        } else if (MidiMessage.isNoteOff(message)) {
            notes[word] &= ~(1L << note);
            reminders[word] &= ~(1L << note);
        } else if (status == MidiMessage.CONTROL_CHANGE && note == MidiMessage.ALL_NOTES_OFF) {
            resets &= ~(1 << channel);
        } else if (status == MidiMessage.CONTROL_CHANGE && note == MidiMessage.ALL_SOUND_OFF) {
            resets &= ~(1 << 16 << channel);
        }
    }

    /** From now on {@link #ending()} also brings all notes off and all sound off for each channel that was used. */
    public void beginEnding() {
        resets = channels | (channels << 16);
    }

    /** The next message that ends something, or 0 if nothing is left: a note-off for each note, then the controllers. */
    public int ending() {
        int off = firstOff(notes);
        if (off != 0 || resets == 0) {
            return off;
        }
        int bit = Integer.numberOfTrailingZeros(resets);
        return MidiMessage.pack(MidiMessage.CONTROL_CHANGE | (bit & 0x0F),
                bit < 16 ? MidiMessage.ALL_NOTES_OFF : MidiMessage.ALL_SOUND_OFF, 0);
    }

    /** From now on {@link #reminder()} says of each note that ever sounded and does not now that it has ended. */
    public void beginReminding() {
        for (int word = 0; word < notes.length; word++) {
            reminders[word] = used[word] & ~notes[word];
        }
    }

    /**
     * The next note-off for one that a receiver may have missed because it was away, or 0 if nothing is left. What sounds now is left
     * alone: others hear it too, and its own end is to come.
     */
    public int reminder() {
        return firstOff(reminders);
    }

    private static int firstOff(long[] bits) {
        for (int word = 0; word < bits.length; word++) {
            if (bits[word] != 0) {
                return MidiMessage.noteOff(word >> 1, ((word & 1) << 6) | Long.numberOfTrailingZeros(bits[word]));
            }
        }
        return 0;
    }
}
