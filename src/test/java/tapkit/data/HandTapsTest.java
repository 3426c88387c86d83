package tapkit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;

class HandTapsTest {
    private final HandTaps hands = new HandTaps();

    @Test
    void shouldRepeatItselfForTheSameSeedOnly() {
        Groove pattern = rock();
        TapWindow first = disturbed(pattern, 120, 5);
        TapWindow again = disturbed(pattern, 120, 5);
        assertThat(again.offsets).isEqualTo(first.offsets);
        assertThat(again.velocities).isEqualTo(first.velocities);
        assertThat(disturbed(pattern, 120, 6).offsets).isNotEqualTo(first.offsets);
    }

    @Test
    void shouldTapLikeHandsOnAPlainPattern() {
        Groove pattern = rock();
        int[] tapped = new int[Grid.STEPS];
        double sum = 0;
        int shifts = 0;
        int takes = 20_000;
        for (int seed = 0; seed < takes; seed++) {
            TapWindow taps = disturbed(pattern, 60, seed); // slow, so that few taps wander into another step
            for (int step = 0; step < Grid.STEPS; step++) {
                tapped[step] += taps.taps[step] != 0 ? 1 : 0;
                assertThat(taps.offsets[step]).isBetween(-0.5f, 0.5f);
                if (taps.taps[step] != 0 && pattern.isHit(step, 2)) {
                    sum += taps.offsets[step] * 250;
                    shifts++;
                }
            }
        }
        assertThat(tapped[2] / (double) takes).isEqualTo(0.55, within(0.02)); // closed hi-hat
        assertThat(tapped[0] / (double) takes).isEqualTo(0.94, within(0.02)); // kick and hat
        assertThat(tapped[4] / (double) takes).isEqualTo(0.98, within(0.02)); // snare and hat
        assertThat(tapped[1] / (double) takes).isEqualTo(0.11, within(0.02)); // nothing
        assertThat(sum / shifts).isEqualTo(7, within(1.0));
    }

    @Test
    void shouldHaveTheMeasuredFiguresOnRealPatterns() {
        List<Window> windows = Window.of(GrooveData.open().takes(Split.TRAIN), Windowing.ALIGNED);
        List<Double> counts = new ArrayList<>();
        List<Double> patternCounts = new ArrayList<>();
        List<Double> shifts = new ArrayList<>();
        List<Double> velocities = new ArrayList<>();
        List<Double> matchedVelocities = new ArrayList<>();
        List<Double> patternVelocities = new ArrayList<>();
        int empty = 0;
        int added = 0;
        for (int i = 0; i < windows.size(); i++) {
            Window window = windows.get(i);
            TapWindow collapsed = new TapWindow();
            collapsed.collapse(window.groove());
            TapWindow taps = disturbed(window.groove(), (float) window.bpm(), i);
            counts.add((double) taps.count());
            patternCounts.add((double) collapsed.count());
            for (int step = 0; step < Grid.STEPS; step++) {
                boolean tap = taps.taps[step] != 0;
                empty += collapsed.taps[step] == 0 ? 1 : 0;
                if (tap) {
                    velocities.add((double) taps.velocities[step]);
                    added += collapsed.taps[step] == 0 ? 1 : 0;
                }
                if (tap && collapsed.taps[step] != 0) {
                    shifts.add((taps.offsets[step] - collapsed.offsets[step]) * window.stepMillis());
                    matchedVelocities.add((double) taps.velocities[step]);
                    patternVelocities.add((double) collapsed.velocities[step]);
                }
            }
        }
        assertThat(mean(counts)).isEqualTo(19, within(0.6));
        assertThat(correlation(counts, patternCounts)).isEqualTo(0.63, within(0.05));
        assertThat(counts.stream().filter(n -> n < 9).count() / (double) counts.size()).isEqualTo(0.05, within(0.02));
        assertThat(added / (double) empty).isEqualTo(0.19, within(0.015));
        assertThat(mean(shifts)).isEqualTo(7, within(0.5));
        assertThat(deviation(shifts)).isEqualTo(34, within(2.0));
        double median = median(shifts);
        assertThat(median(shifts.stream().map(x -> Math.abs(x - median)).toList())).isEqualTo(20, within(1.0));
        assertThat(mean(velocities)).isEqualTo(0.50, within(0.01));
        assertThat(deviation(velocities)).isEqualTo(0.24, within(0.01));
        assertThat(correlation(matchedVelocities, patternVelocities)).isEqualTo(0.44, within(0.03));
    }

    private TapWindow disturbed(Groove pattern, float bpm, long seed) {
        TapWindow taps = new TapWindow();
        taps.bpm = bpm;
        taps.collapse(pattern);
        hands.disturb(pattern, taps, seed);
        return taps;
    }

    /** Kick on one and three, snare on two and four, closed hi-hat in eighths. */
    private static Groove rock() {
        Groove groove = new Groove();
        for (int step = 0; step < Grid.STEPS; step += 2) {
            groove.set(step, 2, 0, 0.5f);
            if (step % 8 == 0) {
                groove.set(step, 0, 0, 0.9f);
            } else if (step % 8 == 4) {
                groove.set(step, 1, 0, 0.9f);
            }
        }
        return groove;
    }

    private static double mean(List<Double> x) {
        return x.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static double deviation(List<Double> x) {
        double mean = mean(x);
        return Math.sqrt(x.stream().mapToDouble(v -> (v - mean) * (v - mean)).average().orElseThrow());
    }

    private static double median(List<Double> x) {
        double[] sorted = x.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double correlation(List<Double> x, List<Double> y) {
        double mx = mean(x);
        double my = mean(y);
        double sum = 0;
        for (int i = 0; i < x.size(); i++) {
            sum += (x.get(i) - mx) * (y.get(i) - my);
        }
        return sum / x.size() / (deviation(x) * deviation(y));
    }
}
