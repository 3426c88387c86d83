package tapkit.model;

import java.util.random.RandomGenerator;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;

/**
 * Decides what stands at a step once the network has said what it thinks of it. What is decided is what the network is told before
 * it writes the next step.
 */
@FunctionalInterface
public interface StepSampler {
    /**
     * Fills a step of {@code out}, which is empty there.
     *
     * @param said filled up to this step
     */
    void sample(int step, Prediction said, Groove out);

    /** The hits of a score, played as the network says. */
    static StepSampler hitsOf(Groove score) {
        return (step, said, out) -> {
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                if (score.isHit(step, voice)) {
                    play(step, voice, said, out);
                }
            }
        };
    }

    /** What is likelier than a threshold, and only at steps that are tapped; elsewhere what the network says is struck out. */
    static StepSampler at(TapWindow taps, double threshold) {
        StepSampler free = likely(threshold);
        return (step, said, out) -> {
            if (taps.taps[step] != 0) {
                free.sample(step, said, out);
            } else {
                for (int cell = Grid.cell(step, 0); cell < Grid.cell(step + 1, 0); cell++) {
                    said.probabilities[cell] = 0;
                    said.velocities[cell] = 0;
                    said.offsets[cell] = 0;
                }
            }
        };
    }

    /** What is likelier than a threshold. */
    static StepSampler likely(double threshold) {
        return (step, said, out) -> {
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                if (said.probabilities[Grid.cell(step, voice)] >= threshold) {
                    play(step, voice, said, out);
                }
            }
        };
    }

    /** What is given of all other voices, and of the missing one what is likelier than a threshold. */
    static StepSampler missing(int missing, Groove given, double threshold) {
        return (step, said, out) -> {
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                int cell = Grid.cell(step, voice);
                if (voice == missing ? said.probabilities[cell] >= threshold : given.hits[cell] != 0) {
                    if (voice == missing) {
                        play(step, voice, said, out);
                    } else {
                        out.set(step, voice, given.offsets[cell], given.velocities[cell]);
                    }
                }
            }
        };
    }

    /**
     * A draw: at temperature 1 with the network's own probabilities, below likelier what is likely, at 0 what is likelier than not.
     *
     * @param random thrown once for each cell, in order
     */
    static StepSampler drawn(double temperature, RandomGenerator random) {
        return (step, said, out) -> {
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                double p = Math.clamp(said.probabilities[Grid.cell(step, voice)], 1e-7, 1 - 1e-7);
                double thrown = random.nextDouble();
                if (temperature > 0 ? thrown < 1 / (1 + Math.pow((1 - p) / p, 1 / temperature)) : p >= 0.5) {
                    play(step, voice, said, out);
                }
            }
        };
    }

    /** Goes on from the last bar of a groove: that is the first bar, and from there on another sampler decides. */
    static StepSampler after(Groove before, StepSampler then) {
        return (step, said, out) -> {
            if (step >= Grid.STEPS_PER_BAR) {
                then.sample(step, said, out);
                return;
            }
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                int cell = Grid.cell(step + Grid.STEPS_PER_BAR, voice);
                if (before.hits[cell] != 0) {
                    out.set(step, voice, before.offsets[cell], before.velocities[cell]);
                }
            }
        };
    }

    private static void play(int step, int voice, Prediction said, Groove out) {
        int cell = Grid.cell(step, voice);
        out.set(step, voice, said.offsets[cell], said.velocities[cell]);
    }
}
