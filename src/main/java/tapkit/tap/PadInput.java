package tapkit.tap;

import tapkit.grid.Voice;

/**
 * One input's pads: tells strokes from echoes, crosstalk and noise, shapes their velocity, and names their drum by its General MIDI
 * note. Not thread safe: it belongs to the thread that brings the input's messages. Nothing allocates.
 */
public final class PadInput {
    /** Controller 4, the hi-hat's pedal: 0 is open, 127 closed. */
    public static final int PEDAL = 4;
    /** How long a struck stand shakes its other pads. */
    static final long CROSSTALK_NANOS = 8_000_000;

    private static final int NOTES = 128;
    private static final int HALF = 64;

    private final PadSettings settings;
    private final long maskNanos;
    private final long[] lastNanos = new long[NOTES];
    private final boolean[] struck = new boolean[NOTES];
    private long loudestNanos;
    private int loudest;
    private int loudestNote = -1;
    private int pedal = -1;

    public PadInput(PadSettings settings) {
        this.settings = settings;
        maskNanos = settings.retriggerMillis() * 1_000_000L;
    }

    /** Takes a note-on; returns the tap's velocity, or 0 if it is none. */
    public int tap(int note, int velocity, long atNanos) {
        if (velocity < settings.threshold() || isCrosstalk(note, velocity, atNanos)
                || (struck[note] && Math.abs(atNanos - lastNanos[note]) < maskNanos)) {
            return 0;
        }
        struck[note] = true;
        lastNanos[note] = atNanos;
        if (velocity >= loudest || atNanos - loudestNanos >= CROSSTALK_NANOS) {
            loudest = velocity;
            loudestNanos = atNanos;
            loudestNote = note;
        }
        return settings.curve().apply(velocity);
    }

    private boolean isCrosstalk(int note, int velocity, long atNanos) {
        return loudestNote >= 0 && note != loudestNote && Math.abs(atNanos - loudestNanos) < CROSSTALK_NANOS
                && velocity < settings.crosstalk() * loudest;
    }

    /** Takes the hi-hat pedal's position, 0 (open) to 127 (closed). */
    public void pedal(int position) {
        pedal = position;
    }

    /**
     * The General MIDI note of the drum that a pad's note stands for; the same note if it stands for none. Once the pedal was
     * heard of, it says whether the hi-hat is open or closed, because many kits send one note for both.
     */
    public int drum(int note) {
        int voice = settings.kit().voice(note);
        if (voice < 0) {
            return note;
        }
        if (pedal >= 0 && (voice == Voice.CLOSED_HAT.ordinal() || voice == Voice.OPEN_HAT.ordinal())) {
            voice = (pedal < HALF ? Voice.OPEN_HAT : Voice.CLOSED_HAT).ordinal();
        }
        return Voice.ofNote(note) == voice ? note : Voice.of(voice).note();
    }
}
