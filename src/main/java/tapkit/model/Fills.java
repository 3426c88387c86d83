package tapkit.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Voice;

/**
 * Drummers' fills of one bar, and new ones put together from them: beat by beat a fill goes on as it was played, or as another one
 * that had been much like it so far, always rather one of the song's tempo and of the style that is played. Immutable, so any number of threads may share it; drawing does not allocate.
 */
public final class Fills {
    /** Cells of a bar. */
    private static final int CELLS = Grid.STEPS_PER_BAR * Grid.VOICES;
    /** In the place of a style. */
    private static final int UNKNOWN = -1;

    /** The file that ships. */
    public static final String SHIPPED = "fills";
    /** Where no fills were learned: sixteenths down the toms, louder and louder. */
    public static final Fills PLAIN = new Fills(new float[]{120}, new int[]{UNKNOWN}, plain(), new float[CELLS], Styles.NONE);

    private static final int BEATS = Grid.STEPS_PER_BAR / Grid.STEPS_PER_BEAT;
    private static final int BEAT_CELLS = CELLS / BEATS;
    /** How often a fill goes on as another one. */
    private static final double CHANGES = 0.5;
    /** What an octave of tempo, quite another style, and chance count against hits that differ. */
    private static final double TEMPO = 12;
    private static final double STYLE = 8;
    private static final double CHANCE = 4;
    private static final int FIRST = 97;
    private static final int CHANGE = 98;
    private static final String TEMPI = "bpm";
    private static final String STYLES = "styles";
    private static final String STYLE_OF = "style";
    private static final String SHARES = "shares";
    private static final String USUAL = "usual";
    private static final String VELOCITIES = "velocities";
    private static final String OFFSETS = "offsets";

    /** [fills] */
    private final float[] bpm;
    /** Index of each fill's style, or unknown; [fills] */
    private final int[] style;
    /** 0 where there is no hit; [fills, cells of a bar] */
    private final float[] velocities;
    /** In steps, positive = late; [fills, cells of a bar] */
    private final float[] offsets;
    private final Styles styles;

    private Fills(float[] bpm, int[] style, float[] velocities, float[] offsets, Styles styles) {
        if (bpm.length == 0 || style.length != bpm.length || velocities.length != bpm.length * CELLS
                || offsets.length != velocities.length) {
            throw new IllegalArgumentException(bpm.length + " fills with " + velocities.length + " cells");
        }
        for (int one : style) {
            if (one < UNKNOWN || one >= styles.names().size()) {
                throw new IllegalArgumentException("style " + one + " of " + styles.names().size());
            }
        }
        this.bpm = bpm;
        this.style = style;
        this.styles = styles;
        this.velocities = velocities;
        this.offsets = offsets;
    }

    /** One bar of a drummer's, the first of a groove, of a style, at a tempo in quarter notes a minute. */
    public record Fill(double bpm, String style, Groove bar) {
    }

    /** Remembers fills, those of a style one after the other. */
    public static Fills of(List<Fill> unsorted, Styles styles) {
        List<Fill> fills = unsorted.stream().sorted(Comparator.comparingInt(fill -> styles.names().indexOf(fill.style())))
                .toList();
        int[] style = fills.stream().mapToInt(fill -> styles.names().indexOf(fill.style())).toArray();
        float[] bpm = new float[fills.size()];
        float[] velocities = new float[bpm.length * CELLS];
        float[] offsets = new float[velocities.length];
        for (int i = 0; i < bpm.length; i++) {
            bpm[i] = (float) fills.get(i).bpm();
            System.arraycopy(fills.get(i).bar().velocities, 0, velocities, i * CELLS, CELLS);
            System.arraycopy(fills.get(i).bar().offsets, 0, offsets, i * CELLS, CELLS);
        }
        return new Fills(bpm, style, velocities, offsets, styles);
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
            float[] numbers = file.tensor(STYLE_OF, List.of(tempi.length)).toArray();
            int[] style = new int[tempi.length];
            for (int fill = 0; fill < style.length; fill++) {
                style[fill] = Math.round(numbers[fill]);
            }
            String names = file.metadata(STYLES);
            List<String> list = names.isEmpty() ? List.of() : List.of(names.split(",", -1));
            Styles styles = list.isEmpty()
                    ? Styles.NONE
                    : new Styles(list, file.tensor(SHARES, List.of(list.size())).toArray(),
                            file.tensor(USUAL, List.of(list.size(), CELLS)).toArray());
            return new Fills(tempi, style, file.tensor(VELOCITIES, shape).toArray(), file.tensor(OFFSETS, shape).toArray(),
                    styles);
        } catch (IllegalArgumentException e) {
            throw file.fault(e.getMessage());
        }
    }

    /** @param card what is to be known about them */
    public void save(Path path, Map<String, String> card) {
        float[] numbers = new float[style.length];
        for (int fill = 0; fill < numbers.length; fill++) {
            numbers[fill] = style[fill];
        }
        Map<String, String> metadata = new TreeMap<>(card);
        metadata.put(STYLES, String.join(",", styles.names()));
        List<Tensor> tensors = new ArrayList<>(
                List.of(Tensor.of(TEMPI, bpm, bpm.length), Tensor.of(STYLE_OF, numbers, numbers.length),
                        Tensor.of(VELOCITIES, velocities, bpm.length, CELLS), Tensor.of(OFFSETS, offsets, bpm.length, CELLS)));
        if (!styles.names().isEmpty()) {
            tensors.add(Tensor.of(SHARES, styles.shares(), styles.names().size()));
            tensors.add(Tensor.of(USUAL, styles.usual(), styles.names().size(), CELLS));
        }
        SafetensorsWriter.write(path, tensors, NumberType.F16, metadata);
    }

    public int count() {
        return bpm.length;
    }

    /**
     * Fills the first bar of {@code out}; the second stays empty.
     *
     * @param seed    the same seed, tempo and groove give the same fill
     * @param tempo   quarter notes a minute
     * @param playing the two bars that are played, or null for nothing
     */
    public void draw(long seed, double tempo, Groove playing, Groove out) {
        out.clear();
        double likeliest = playing == null || styles.names().isEmpty() ? 0 : styles.logOdds(styles.of(playing), playing);
        int fill = nearest(seed, FIRST, tempo, playing, likeliest, UNKNOWN, 0);
        for (int beat = 0; beat < BEATS; beat++) {
            if (beat > 0 && Drift.uniform(seed, CHANGE, beat) < CHANGES) {
                fill = nearest(seed, beat, tempo, playing, likeliest, fill, beat);
            }
            for (int cell = beat * BEAT_CELLS; cell < (beat + 1) * BEAT_CELLS; cell++) {
                float velocity = velocities[fill * CELLS + cell];
                if (velocity > 0) {
                    out.set(cell / Grid.VOICES, cell % Grid.VOICES, offsets[fill * CELLS + cell], velocity);
                }
            }
        }
    }

    /** The fill that is most like another one in the beat before, near the song in tempo and style, and lucky. */
    private int nearest(long seed, int draw, double tempo, Groove playing, double likeliest, int like, int beat) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        double strangeness = 0;
        for (int i = 0; i < bpm.length; i++) {
            if (i == 0 || style[i] != style[i - 1]) {
                strangeness = strangeness(style[i], playing, likeliest);
            }
            double cost = TEMPO * Math.abs(Math.log(bpm[i] / tempo)) / Math.log(2) + STYLE * strangeness
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

    /** How much less likely a style is than the likeliest, for what is played: 0 for that itself, up to 1. */
    private double strangeness(int of, Groove playing, double likeliest) {
        if (playing == null || styles.names().isEmpty()) {
            return 0;
        }
        return of == UNKNOWN ? 1 : 1 - Math.exp(styles.logOdds(of, playing) - likeliest);
    }

    /** What styles are known, and how they go. */
    public Styles styles() {
        return styles;
    }

    /** The style of a fill; empty if it is not known. */
    public String style(int fill) {
        return style[fill] == UNKNOWN ? "" : styles.names().get(style[fill]);
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
