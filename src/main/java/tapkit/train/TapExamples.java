package tapkit.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import tapkit.data.HandTaps;
import tapkit.data.Quantizer;
import tapkit.data.Take;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;

/** Draws training examples: two bars of drums, varied, and the taps for them, varied like those of real hands. Not thread safe. */
final class TapExamples {
    /** Hits that a one-bar fill needs to be used. */
    private static final int LEAST_FILL = 3;
    /** How often a fill stands in the second bar. */
    private static final double FILL_SECOND = 0.7;

    private final TapRecipe.Variation variation;
    private final List<Window> windows;
    private final double[] cumulated;
    private final Map<String, List<Groove>> fills = new TreeMap<>();
    private final HandTaps hands = new HandTaps();

    TapExamples(List<Take> takes, TapRecipe.Variation variation) {
        this.variation = variation;
        windows = Window.of(takes, Windowing.ALIGNED);
        int[] ofTake = new int[takes.size()];
        windows.forEach(window -> ofTake[window.take()]++);
        cumulated = new double[windows.size()];
        double sum = 0;
        for (int i = 0; i < cumulated.length; i++) {
            sum += Math.pow(ofTake[windows.get(i).take()], -variation.balance());
            cumulated[i] = sum;
        }
        for (Take take : takes) {
            if (Quantizer.bars(take.score()) == 1) {
                Groove fill = new Groove();
                Quantizer.groove(take.score(), 0, Windowing.ALIGNED, fill);
                copyBar(new Groove(), 0, fill, 1);
                if (fill.hitCount() >= LEAST_FILL) {
                    fills.computeIfAbsent(drummer(take.id()), d -> new ArrayList<>()).add(fill);
                }
            }
        }
    }

    int size() {
        return windows.size();
    }

    /** Share of steps at which each voice sounds. */
    double[] rates() {
        double[] rates = new double[Grid.VOICES];
        for (Window window : windows) {
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                rates[cell % Grid.VOICES] += window.groove().hits[cell] / (windows.size() * (double) Grid.STEPS);
            }
        }
        return rates;
    }

    /** Draws one example into {@code taps} and {@code drums}, whose hits keep the dataset's offsets from the grid. */
    void draw(SplittableRandom random, TapWindow taps, Groove drums) {
        int found = Arrays.binarySearch(cumulated, random.nextDouble() * cumulated[cumulated.length - 1]);
        Window window = windows.get(Math.min(found < 0 ? -found - 1 : found, cumulated.length - 1));
        drums.copyFrom(window.groove());
        if (random.nextDouble() < variation.fill()) {
            List<Groove> choice = fills.getOrDefault(drummer(window.takeId()), List.of());
            if (!choice.isEmpty()) {
                copyBar(choice.get(random.nextInt(choice.size())), 0, drums, random.nextDouble() < FILL_SECOND ? 1 : 0);
            }
        }
        if (random.nextDouble() < variation.cut()) {
            dropEarly(drums);
        }
        taps.bpm = (float) (window.bpm() * Math.pow(2, variation.tempoOctaves() * random.nextGaussian()));
        taps.collapse(drums);
        taps.velocityKnown = random.nextDouble() < variation.known();
        if (random.nextDouble() < variation.hands()) {
            hands.disturb(drums, taps, random.nextLong());
        } else {
            shift(taps, random);
        }
    }

    private void shift(TapWindow taps, SplittableRandom random) {
        double millisPerStep = Grid.stepNanos(taps.bpm) * 1e-6;
        for (int step = 0; step < Grid.STEPS; step++) {
            if (taps.taps[step] != 0) {
                double offset = taps.offsets[step] + variation.tapMillis() * random.nextGaussian() / millisPerStep;
                taps.offsets[step] = (float) Math.clamp(offset, -0.5, 0.4999);
            }
        }
    }

    /** Takes away what a slice of time would not have: early hits of the first step. */
    static void dropEarly(Groove drums) {
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            if (drums.offsets[voice] < 0) {
                drums.hits[voice] = 0;
                drums.offsets[voice] = 0;
                drums.velocities[voice] = 0;
            }
        }
    }

    private static void copyBar(Groove from, int fromBar, Groove to, int toBar) {
        int length = Grid.STEPS_PER_BAR * Grid.VOICES;
        System.arraycopy(from.hits, fromBar * length, to.hits, toBar * length, length);
        System.arraycopy(from.offsets, fromBar * length, to.offsets, toBar * length, length);
        System.arraycopy(from.velocities, fromBar * length, to.velocities, toBar * length, length);
    }

    /** The part of a take's id that names who plays. */
    private static String drummer(String takeId) {
        return takeId.substring(0, takeId.indexOf('/'));
    }
}
