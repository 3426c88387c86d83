package tapkit.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;
import tapkit.grid.Voice;

/**
 * What the paper's Seq2Seq learns: which part of a groove its encoder reads ({@link #read}), and which part its decoder may rely on
 * when it writes ({@link #know}). What it writes is always the whole groove.
 */
public enum Seq2SeqTask {
    /** Reads taps: all voices as one, without velocity. Knows nothing. */
    TAP2DRUM,
    /** Reads and knows the score: where each voice sounds. */
    HUMANIZE,
    /** Reads and knows all voices but the closed hi-hat. */
    INFILL,
    /** Groove Transfer: reads everything; knows the score of what it writes, each step's as that step is written. */
    TRANSFER,
    /** An autoencoder: reads everything, knows nothing. */
    SAMPLE;

    /** The voice that Infilling learns to add. */
    public static final Voice MISSING = Voice.CLOSED_HAT;
    /** As which voice taps are read; any would do. */
    private static final int TAP_VOICE = Voice.CLOSED_HAT.ordinal();

    /** Whether the decoder is given the hits of each step before it writes that step. */
    public boolean controlled() {
        return this == TRANSFER;
    }

    /**
     * Whether the decoder is told offsets and velocities of the step before, else its hits only. Told a drummer's last offset, it
     * learns to copy that, and writing by itself it copies its own errors on and on.
     */
    public boolean tellsPerformance() {
        return this != HUMANIZE && this != TRANSFER;
    }

    /** Fills {@code out} with what the encoder reads of a groove. */
    public void read(Groove groove, Groove out) {
        switch (this) {
            case TAP2DRUM -> taps(groove, out);
            case HUMANIZE -> hits(groove, out);
            case INFILL -> others(groove, out);
            case TRANSFER, SAMPLE -> out.copyFrom(groove);
        }
    }

    /** Fills {@code out} with what the decoder knows of a groove that it is to write. */
    public void know(Groove groove, Groove out) {
        switch (this) {
            case TAP2DRUM, SAMPLE -> out.clear();
            case HUMANIZE, TRANSFER -> hits(groove, out);
            case INFILL -> others(groove, out);
        }
    }

    private static void taps(Groove groove, Groove out) {
        TapWindow taps = new TapWindow();
        taps.collapse(groove);
        taps(taps, out);
    }

    /** Taps as the encoder reads them. */
    public static void taps(TapWindow taps, Groove out) {
        out.clear();
        for (int step = 0; step < Grid.STEPS; step++) {
            if (taps.taps[step] != 0) {
                out.set(step, TAP_VOICE, taps.offsets[step], 0);
            }
        }
    }

    private static void hits(Groove groove, Groove out) {
        out.copyFrom(groove);
        Arrays.fill(out.offsets, 0);
        Arrays.fill(out.velocities, 0);
    }

    private static void others(Groove groove, Groove out) {
        out.copyFrom(groove);
        for (int cell = MISSING.ordinal(); cell < Grid.CELLS; cell += Grid.VOICES) {
            out.hits[cell] = 0;
            out.offsets[cell] = 0;
            out.velocities[cell] = 0;
        }
    }

    /** The task of this name, whatever its case. */
    public static Optional<Seq2SeqTask> named(String name) {
        return Arrays.stream(values()).filter(task -> task.toString().equals(name.toLowerCase(Locale.ROOT))).findFirst();
    }

    /** The name in files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
