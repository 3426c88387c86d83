package tapkit.grid;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The nine voices of the paper's drum kit, in its order. Each has the General MIDI note that tapkit plays and the notes of the
 * Roland TD-11 (the Groove MIDI Dataset's kit) and of General MIDI kits that are read as it.
 */
public enum Voice {
    KICK("kick", 36),
    SNARE("snare", 38, 40, 37),
    CLOSED_HAT("closed-hat", 42, 22, 44),
    OPEN_HAT("open-hat", 46, 26),
    LOW_TOM("low-tom", 43, 58),
    MID_TOM("mid-tom", 47, 45),
    HIGH_TOM("high-tom", 50, 48),
    CRASH("crash", 49, 55, 57, 52),
    RIDE("ride", 51, 59, 53);

    private static final Voice[] ALL = values();
    private static final byte[] BY_NOTE = byNote();

    private final String label;
    private final int[] notes;

    Voice(String label, int... notes) {
        this.label = label;
        this.notes = notes;
    }

    /** The name that users type and read, such as {@code closed-hat}. */
    public String label() {
        return label;
    }

    /** The General MIDI note that is played for this voice. */
    public int note() {
        return notes[0];
    }

    /** The voice with an index in [0, 9). Does not allocate. */
    public static Voice of(int index) {
        return ALL[index];
    }

    /** The index of the voice that a MIDI note stands for, or −1 where the note belongs to no voice. */
    public static int ofNote(int note) {
        return BY_NOTE[note];
    }

    /** The voice with this {@link #label()}, whatever its case. */
    public static Optional<Voice> named(String label) {
        String wanted = label.toLowerCase(Locale.ROOT).replace('_', '-');
        return Arrays.stream(ALL).filter(v -> v.label.equals(wanted)).findFirst();
    }

    private static byte[] byNote() {
        byte[] map = new byte[128];
        Arrays.fill(map, (byte) -1);
        for (Voice voice : ALL) {
            for (int note : voice.notes) {
                map[note] = (byte) voice.ordinal();
            }
        }
        return map;
    }
}
