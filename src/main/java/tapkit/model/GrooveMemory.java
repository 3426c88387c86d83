package tapkit.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;

/**
 * What drummers did with scores like this one: a kernel regression over all windows of two bars that a model was trained on. A window
 * weighs the less the more cells differ, the farther its tempo, and the more windows its take has. Immutable.
 *
 * <p>As tensors: {@code memory.bars} and {@code memory.millis}, for each take its bars and the length of a step; {@code memory.hits},
 * for each step its nine hits as the bits of a number; {@code memory.offsets} and {@code memory.velocities}, for each hit in order of
 * step and voice.
 */
public final class GrooveMemory {
    private static final String PREFIX = "memory.";
    /** Cells that differ, for a weight e times less. */
    private static final double CELLS = 3;
    /** Standard deviation of the kernel over tempi, in octaves. */
    private static final double OCTAVES = 0.25;
    /** Of the largest weight; what weighs less is left out. */
    private static final double LEAST_WEIGHT = 2e-3;
    /** Weight of what is usual beside what is remembered. */
    private static final double PRIOR = 0.05;
    /** Microtiming that is usual where nothing is known, in steps, and for how many hits it stands. */
    private static final double PRIOR_OFFSET = -0.06;
    private static final double PRIOR_HITS = 20;
    private static final double PRIOR_VELOCITY = 0.5;
    private static final int WORDS = Math.ceilDiv(Grid.CELLS, Long.SIZE);
    private static final int BAR_CELLS = Grid.STEPS_PER_BAR * Grid.VOICES;

    private final int[] bars;
    private final float[] millis;
    private final int[] stepHits;
    private final float[] offsets;
    private final float[] velocities;

    /** For each window: its hits, where its first step's notes begin, and what of its weight is known without a query. */
    private final long[] bits;
    private final int[] firstStep;
    private final double[] octave;
    private final double[] logShare;
    /** For each step: index of its first note. */
    private final int[] firstNote;
    private final double[] usualOffset = new double[BAR_CELLS];

    private GrooveMemory(int[] bars, float[] millis, int[] stepHits, float[] offsets, float[] velocities) {
        this.bars = bars;
        this.millis = millis;
        this.stepHits = stepHits;
        this.offsets = offsets;
        this.velocities = velocities;
        firstNote = new int[stepHits.length + 1];
        for (int step = 0; step < stepHits.length; step++) {
            firstNote[step + 1] = firstNote[step] + Integer.bitCount(stepHits[step]);
        }
        int windows = Arrays.stream(bars).map(count -> Math.max(0, count - 1)).sum();
        if (windows == 0 || Arrays.stream(bars).sum() * Grid.STEPS_PER_BAR != stepHits.length
                || firstNote[stepHits.length] != offsets.length || offsets.length != velocities.length) {
            throw new IllegalArgumentException("the memory's parts do not fit together");
        }
        bits = new long[windows * WORDS];
        firstStep = new int[windows];
        octave = new double[windows];
        logShare = new double[windows];
        index();
    }

    private void index() {
        double[] sums = new double[BAR_CELLS];
        double[] counts = new double[BAR_CELLS];
        int step = 0;
        int window = 0;
        for (int take = 0; take < bars.length; take++) {
            for (int bar = 0; bar < bars[take]; bar++, step += Grid.STEPS_PER_BAR) {
                if (bar == bars[take] - 1) {
                    continue;
                }
                firstStep[window] = step;
                octave[window] = Math.log(millis[take]) / Math.log(2);
                logShare[window] = -0.5 * Math.log(bars[take] - 1.0);
                for (int cell = 0; cell < Grid.CELLS; cell++) {
                    int here = step + cell / Grid.VOICES;
                    int voice = cell % Grid.VOICES;
                    if ((stepHits[here] >> voice & 1) != 0) {
                        bits[window * WORDS + cell / Long.SIZE] |= 1L << cell;
                        sums[cell % BAR_CELLS] += offsets[note(here, voice)];
                        counts[cell % BAR_CELLS]++;
                    }
                }
                window++;
            }
        }
        for (int cell = 0; cell < BAR_CELLS; cell++) {
            usualOffset[cell] = (sums[cell] + PRIOR_HITS * PRIOR_OFFSET) / (counts[cell] + PRIOR_HITS);
        }
    }

    private int note(int step, int voice) {
        return firstNote[step] + Integer.bitCount(stepHits[step] & (1 << voice) - 1);
    }

    /**
     * Remembers performances, each of one tempo.
     *
     * @param counted of each piece the bars that count
     */
    public static GrooveMemory of(List<Piece> pieces, List<Integer> counted) {
        int[] bars = new int[pieces.size()];
        float[] millis = new float[bars.length];
        List<Integer> hits = new ArrayList<>();
        List<Float> offsets = new ArrayList<>();
        List<Float> velocities = new ArrayList<>();
        for (int take = 0; take < bars.length; take++) {
            Piece piece = pieces.get(take);
            bars[take] = counted.get(take) < 2 ? 0 : counted.get(take);
            millis[take] = (float) (Grid.stepNanos(piece.bpm(0)) * 1e-6);
            for (int step = 0; step < bars[take] * Grid.STEPS_PER_BAR; step++) {
                int set = 0;
                for (int voice = 0; voice < Grid.VOICES; voice++) {
                    int cell = Grid.cell(step, voice);
                    if (piece.hits[cell] != 0) {
                        set |= 1 << voice;
                        offsets.add(piece.offsets[cell]);
                        velocities.add(piece.velocities[cell]);
                    }
                }
                hits.add(set);
            }
        }
        return new GrooveMemory(bars, millis, hits.stream().mapToInt(Integer::intValue).toArray(), floats(offsets),
                floats(velocities));
    }

    /** The memory of a model file. */
    static GrooveMemory of(Safetensors file) {
        try {
            return new GrooveMemory(integers(file.tensor(PREFIX + "bars").toArray()),
                    file.tensor(PREFIX + "millis").toArray(), integers(file.tensor(PREFIX + "hits").toArray()),
                    file.tensor(PREFIX + "offsets").toArray(), file.tensor(PREFIX + "velocities").toArray());
        } catch (IllegalArgumentException e) {
            throw file.fault(e.getMessage());
        }
    }

    /** What {@link #of(Safetensors)} reads; all numbers keep what matters in half precision. */
    List<Tensor> tensors() {
        return List.of(vector("bars", floats(bars)), vector("millis", millis), vector("hits", floats(stepHits)),
                vector("offsets", offsets), vector("velocities", velocities));
    }

    /**
     * Answers for every hit of two bars.
     *
     * @param groove       whose hits are asked about
     * @param stepMillis   length of a step
     * @param outOffsets   filled at hits, in steps; [{@link Grid#CELLS}]
     * @param outVelocities filled at hits
     */
    void recall(Groove groove, double stepMillis, double[] outOffsets, double[] outVelocities) {
        long[] asked = new long[WORDS];
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            asked[cell / Long.SIZE] |= groove.hits[cell] != 0 ? 1L << cell : 0;
        }
        double[] weights = new double[firstStep.length];
        double largest = Double.NEGATIVE_INFINITY;
        double tempo = Math.log(stepMillis) / Math.log(2);
        for (int window = 0; window < weights.length; window++) {
            int different = 0;
            for (int word = 0; word < WORDS; word++) {
                different += Long.bitCount(asked[word] ^ bits[window * WORDS + word]);
            }
            double octaves = (tempo - octave[window]) / OCTAVES;
            weights[window] = logShare[window] - different / CELLS - 0.5 * octaves * octaves;
            largest = Math.max(largest, weights[window]);
        }
        double least = largest + Math.log(LEAST_WEIGHT);
        double all = 0;
        double[] hits = new double[Grid.CELLS];
        Arrays.fill(outOffsets, 0);
        Arrays.fill(outVelocities, 0);
        for (int window = 0; window < weights.length; window++) {
            if (weights[window] >= least) {
                double weight = Math.exp(weights[window] - largest);
                all += weight;
                add(window, weight, asked, hits, outOffsets, outVelocities);
            }
        }
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            if (groove.hits[cell] != 0) {
                double prior = PRIOR * all;
                outOffsets[cell] = (outOffsets[cell] + prior * usualOffset[cell % BAR_CELLS]) / (hits[cell] + prior);
                outVelocities[cell] = (outVelocities[cell] + prior * PRIOR_VELOCITY) / (hits[cell] + prior);
            }
        }
    }

    private void add(int window, double weight, long[] asked, double[] hits, double[] sumOffsets, double[] sumVelocities) {
        for (int word = 0; word < WORDS; word++) {
            for (long both = asked[word] & bits[window * WORDS + word]; both != 0; both &= both - 1) {
                int cell = word * Long.SIZE + Long.numberOfTrailingZeros(both);
                int note = note(firstStep[window] + cell / Grid.VOICES, cell % Grid.VOICES);
                hits[cell] += weight;
                sumOffsets[cell] += weight * offsets[note];
                sumVelocities[cell] += weight * velocities[note];
            }
        }
    }

    private static Tensor vector(String name, float[] values) {
        return Tensor.of(PREFIX + name, values, values.length);
    }

    private static float[] floats(List<Float> values) {
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }

    private static float[] floats(int[] values) {
        float[] array = new float[values.length];
        for (int i = 0; i < array.length; i++) {
            array[i] = values[i];
        }
        return array;
    }

    private static int[] integers(float[] values) {
        int[] array = new int[values.length];
        for (int i = 0; i < array.length; i++) {
            array[i] = (int) values[i];
        }
        return array;
    }
}
