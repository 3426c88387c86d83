package tapkit.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Voice;

/**
 * Drummers' fills of one bar, and new ones put together from them: beat by beat a fill goes on as it was played, or as another one
 * that had been much like it so far. Immutable, so any number of threads may share it; drawing does not allocate.
 */
public final class Fills {
    /** The file that ships. */
    public static final String SHIPPED = "fills";
    /** Where no fills were learned: sixteenths down the toms, louder and louder. */
    public static final Fills PLAIN = new Fills(new float[]{120}, plain(), new float[Grid.STEPS_PER_BAR * Grid.VOICES]);

    /** Cells of a bar. */
    private static final int CELLS = Grid.STEPS_PER_BAR * Grid.VOICES;
    private static final int BEATS = Grid.STEPS_PER_BAR / Grid.STEPS_PER_BEAT;
    private static final int BEAT_CELLS = CELLS / BEATS;
    /** How often a fill goes on as another one. */
    private static final double CHANGES = 0.5;
    /** What an octave of tempo, and what chance, count against hits that differ. */
    private static final double TEMPO = 12;
    private static final double CHANCE = 4;
    private static final int FIRST = 97;
    private static final int CHANGE = 98;
    private static final String TEMPI = "bpm";
    private static final String VELOCITIES = "velocities";
    private static final String OFFSETS = "offsets";

    /** [fills] */
    private final float[] bpm;
    /** 0 where there is no hit; [fills, cells of a bar] */
    private final float[] velocities;
    /** In steps, positive = late; [fills, cells of a bar] */
    private final float[] offsets;

    private Fills(float[] bpm, float[] velocities, float[] offsets) {
        if (bpm.length == 0 || velocities.length != bpm.length * CELLS || offsets.length != velocities.length) {
            throw new IllegalArgumentException(bpm.length + " fills with " + velocities.length + " cells");
        }
        this.bpm = bpm;
        this.velocities = velocities;
        this.offsets = offsets;
    }

    /** One bar of a drummer's, the first of a groove, at a tempo in quarter notes a minute. */
    public record Fill(double bpm, Groove bar) {
    }

    /** Remembers fills. */
    public static Fills of(List<Fill> fills) {
        float[] bpm = new float[fills.size()];
        float[] velocities = new float[bpm.length * CELLS];
        float[] offsets = new float[velocities.length];
        for (int i = 0; i < bpm.length; i++) {
            bpm[i] = (float) fills.get(i).bpm();
            System.arraycopy(fills.get(i).bar().velocities, 0, velocities, i * CELLS, CELLS);
            System.arraycopy(fills.get(i).bar().offsets, 0, offsets, i * CELLS, CELLS);
        }
        return new Fills(bpm, velocities, offsets);
    }

    /** The fills that ship, or plain ones where the file is not there. */
    public static Fills shipped() {
        Path file = Models.folder().resolve(SHIPPED + ".safetensors");
        return Files.exists(file) ? load(file) : PLAIN;
    }

    /** Loads a file that {@link #save} wrote. */
    public static Fills load(Path path) {
        Safetensors file = Safetensors.open(path);
        try {
            float[] tempi = file.tensor(TEMPI).toArray();
            List<Integer> shape = List.of(tempi.length, CELLS);
            return new Fills(tempi, file.tensor(VELOCITIES, shape).toArray(), file.tensor(OFFSETS, shape).toArray());
        } catch (IllegalArgumentException e) {
            throw file.fault(e.getMessage());
        }
    }

    /** @param card what is to be known about them */
    public void save(Path path, Map<String, String> card) {
        SafetensorsWriter.write(path,
                List.of(Tensor.of(TEMPI, bpm, bpm.length), Tensor.of(VELOCITIES, velocities, bpm.length, CELLS),
                        Tensor.of(OFFSETS, offsets, bpm.length, CELLS)),
                NumberType.F16, card);
    }

    public int count() {
        return bpm.length;
    }

    /**
     * Fills the first bar of {@code out}; the second stays empty.
     *
     * @param seed  the same seed and tempo give the same fill
     * @param tempo quarter notes a minute
     */
    public void draw(long seed, double tempo, Groove out) {
        out.clear();
        int fill = nearest(seed, FIRST, tempo, -1, 0);
        for (int beat = 0; beat < BEATS; beat++) {
            if (beat > 0 && Drift.uniform(seed, CHANGE, beat) < CHANGES) {
                fill = nearest(seed, beat, tempo, fill, beat);
            }
            for (int cell = beat * BEAT_CELLS; cell < (beat + 1) * BEAT_CELLS; cell++) {
                float velocity = velocities[fill * CELLS + cell];
                if (velocity > 0) {
                    out.set(cell / Grid.VOICES, cell % Grid.VOICES, offsets[fill * CELLS + cell], velocity);
                }
            }
        }
    }

    /** The fill that is most like another one in the beat before, near it in tempo, and lucky. */
    private int nearest(long seed, int draw, double tempo, int like, int beat) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < bpm.length; i++) {
            double cost = TEMPO * Math.abs(Math.log(bpm[i] / tempo)) / Math.log(2)
                    + CHANCE * Drift.uniform(seed, draw * 1000L + i, 0);
            for (int cell = (beat - 1) * BEAT_CELLS; like >= 0 && cell < beat * BEAT_CELLS; cell++) {
                cost += velocities[i * CELLS + cell] > 0 == velocities[like * CELLS + cell] > 0 ? 0 : 1;
            }
            if (i != like && cost < least) {
                least = cost;
                best = i;
            }
        }
        return best;
    }

    private static float[] plain() {
        Voice[] down = {Voice.SNARE, Voice.HIGH_TOM, Voice.MID_TOM, Voice.LOW_TOM};
        float[] velocities = new float[CELLS];
        for (int step = 0; step < Grid.STEPS_PER_BAR; step++) {
            velocities[Grid.cell(step, down[step / Grid.STEPS_PER_BEAT].ordinal())] = (step % 2 == 0 ? 0.6f : 0.4f)
                    + 0.02f * step;
            if (step % Grid.STEPS_PER_BEAT == 0) {
                velocities[Grid.cell(step, Voice.KICK.ordinal())] = 0.6f;
            }
        }
        return velocities;
    }
}
