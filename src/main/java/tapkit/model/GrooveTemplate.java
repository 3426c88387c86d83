package tapkit.model;

import java.util.Arrays;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;

/**
 * The feel of one performance, copied exactly onto a score: what a voice did at a step it does there again, and again from the start
 * where the score is longer. Where the template has nothing, the nearest relation answers: the voice at this step of other bars, the
 * other voices at this step, the voice anywhere. No chance, no learning. Immutable.
 */
public final class GrooveTemplate implements Humanizer {
    private final Piece feel;
    private final int steps;
    /** By step of the bar and voice; by step of the bar; by voice. */
    private final Mean[] cells = means(Grid.STEPS_PER_BAR * Grid.VOICES);
    private final Mean[] places = means(Grid.STEPS_PER_BAR);
    private final Mean[] voices = means(Grid.VOICES);
    private final Mean all = new Mean();

    /** A template of a performance with at least one hit. */
    public GrooveTemplate(Piece feel) {
        this.feel = feel;
        steps = feel.bars() * Grid.STEPS_PER_BAR;
        for (int cell = 0; cell < feel.hits.length; cell++) {
            if (feel.hits[cell] != 0) {
                for (Mean mean : new Mean[]{cells[cell % cells.length], places[cell / Grid.VOICES % Grid.STEPS_PER_BAR],
                        voices[cell % Grid.VOICES], all}) {
                    mean.add(feel.offsets[cell], feel.velocities[cell]);
                }
            }
        }
        if (all.count == 0) {
            throw new IllegalArgumentException("a template without drums");
        }
    }

    @Override
    public void humanize(Piece score, int bar, long seed, Groove groove) {
        for (int step = 0; step < Grid.STEPS; step++) {
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                if (groove.isHit(step, voice)) {
                    set(Math.floorMod(bar * Grid.STEPS_PER_BAR + step, steps), step, voice, groove);
                }
            }
        }
    }

    private void set(int source, int step, int voice, Groove groove) {
        int exact = Grid.cell(source, voice);
        if (feel.hits[exact] != 0) {
            groove.set(step, voice, feel.offsets[exact], feel.velocities[exact]);
            return;
        }
        int place = source % Grid.STEPS_PER_BAR;
        Mean same = cells[Grid.cell(place, voice)];
        Mean timing = first(same, places[place], voices[voice]);
        // How hard a voice is struck is its own, also where it has no hit at this step.
        Mean dynamics = first(same, voices[voice], places[place]);
        groove.set(step, voice, (float) (timing.offset / timing.count), (float) (dynamics.velocity / dynamics.count));
    }

    private Mean first(Mean... candidates) {
        for (Mean candidate : candidates) {
            if (candidate.count > 0) {
                return candidate;
            }
        }
        return all;
    }

    private static Mean[] means(int count) {
        Mean[] means = new Mean[count];
        Arrays.setAll(means, i -> new Mean());
        return means;
    }

    /** Sums of some hits. */
    private static final class Mean {
        private int count;
        private double offset;
        private double velocity;

        private void add(double late, double loud) {
            count++;
            offset += late;
            velocity += loud;
        }
    }
}
