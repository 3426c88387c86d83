package tapkit.model;

import java.util.SplittableRandom;
import tapkit.data.Quantizer;
import tapkit.data.Score;
import tapkit.data.ScoreBuilder;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;

/**
 * Tap2Drum for a whole file of taps, of any length in 4/4. The network hears two bars at a time, in windows a bar apart, so it
 * hears every inner bar twice: together with the bar before and with the bar after. What it says both times is averaged, so
 * that no bar line is a seam. A bar is silent if neither it nor its neighbours hold a tap. Not thread safe.
 */
public final class Tap2Drum {
    private static final int BAR_CELLS = Grid.STEPS_PER_BAR * Grid.VOICES;

    private final TapModel model;
    private final Decoder decoder;

    public Tap2Drum(TapModel model, Decoder decoder) {
        this.model = model;
        this.decoder = decoder;
    }

    /** Whether the velocities of the taps say anything: pads that do not feel how hard they are struck always send the same. */
    public static boolean hasVelocities(Score taps) {
        return taps.notes().stream().mapToInt(Score.Note::velocity).distinct().count() > 1;
    }

    /**
     * Answers taps with drums: a track on the drum channel that goes as far as the taps, with their tempo changes.
     *
     * @param taps          every note is a tap, whatever its pitch and channel
     * @param velocityKnown whether the network may look at velocities
     * @param temperature   0 for the thresholded answer, 1 for a draw from the network's probabilities
     * @param seed          of the draw
     */
    public Score answer(Score taps, boolean velocityKnown, double temperature, long seed) {
        int bars = Quantizer.barsCovering(taps);
        TapWindow window = new TapWindow();
        window.velocityKnown = velocityKnown;
        Bars heard = hear(taps, bars, window);

        ScoreBuilder drums = ScoreBuilder.like(taps);
        int track = drums.track("Drums");
        SplittableRandom seeds = new SplittableRandom(seed);
        Prediction average = new Prediction();
        Groove groove = new Groove();
        for (int bar = 0; bar < bars; bar += Grid.BARS) {
            Quantizer.taps(taps, bar, window);
            heard.average(bar, average);
            decoder.decode(window, average, temperature, seeds.nextLong(), groove);
            for (int i = 0; i < Grid.BARS && bar + i < bars; i++) {
                if (heard.windows[bar + i] > 0) {
                    drums.drums(track, bar, groove, i * Grid.STEPS_PER_BAR, Grid.STEPS_PER_BAR);
                }
            }
        }
        return drums.build();
    }

    private Bars hear(Score taps, int bars, TapWindow window) {
        Bars heard = new Bars(bars);
        Prediction prediction = new Prediction();
        // Nothing follows the last bar, so no window begins there, unless it is the only one.
        for (int bar = 0; bar < Math.max(1, bars - 1); bar++) {
            Quantizer.taps(taps, bar, window);
            if (window.count() > 0) {
                model.predict(window, prediction);
                heard.add(bar, prediction);
            }
        }
        return heard;
    }

    /** Sums of what windows say about each bar. There is room for a window that begins in the last one. */
    private static final class Bars {
        private final float[] probabilities;
        private final float[] velocities;
        private final float[] offsets;
        /** How many windows with taps hold the bar: 0, 1 or 2. */
        private final int[] windows;

        private Bars(int bars) {
            windows = new int[bars + 1];
            probabilities = new float[windows.length * BAR_CELLS];
            velocities = new float[probabilities.length];
            offsets = new float[probabilities.length];
        }

        private void add(int bar, Prediction prediction) {
            int from = bar * BAR_CELLS;
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                probabilities[from + cell] += prediction.probabilities[cell];
                velocities[from + cell] += prediction.velocities[cell];
                offsets[from + cell] += prediction.offsets[cell];
            }
            windows[bar]++;
            windows[bar + 1]++;
        }

        /** The two bars from this one on. */
        private void average(int bar, Prediction out) {
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                int count = Math.max(1, windows[bar + cell / BAR_CELLS]);
                int at = bar * BAR_CELLS + cell;
                out.probabilities[cell] = probabilities[at] / count;
                out.velocities[cell] = velocities[at] / count;
                out.offsets[cell] = offsets[at] / count;
            }
        }
    }
}
