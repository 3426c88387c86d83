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
        } else if (MidiMessage.isNoteOff(message)) {
            notes[word] &= ~(1L << note);
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
        for (int word = 0; word < notes.length; word++) {
            if (notes[word] != 0) {
                return MidiMessage.noteOff(word >> 1, ((word & 1) << 6) | Long.numberOfTrailingZeros(notes[word]));
            }
        }
        if (resets == 0) {
            return 0;
        }
        int bit = Integer.numberOfTrailingZeros(resets);
        return MidiMessage.pack(MidiMessage.CONTROL_CHANGE | (bit & 0x0F),
                bit < 16 ? MidiMessage.ALL_NOTES_OFF : MidiMessage.ALL_SOUND_OFF, 0);
    }
}
