package tapkit.model;

import java.util.Arrays;
import java.util.List;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;

/**
 * Plays a score: what the networks of a committee read is averaged, then with what is remembered, then stretched to a drummer's
 * spread. Up to temperature 1 nothing is left to chance; above it the hands drift. Not thread safe.
 */
final class CommitteeHumanizer implements Humanizer {
    private static final float SOFTEST = 1 / 127f;
    /** Keeps the drift of dynamics apart from that of timing. */
    private static final long DYNAMICS = 0x5DEECE66DL;

    private final List<LstmNetwork> networks;
    private final HumanizeModel model;
    private final double spread;
    private final double drift;
    private final boolean cut;
    private final Chunk chunk;
    private final float[] features;
    private final float[] velocityHead;
    private final float[] timingHead;
    private final float[][] heads;
    private final double[] probabilities;
    /** What the committee and the memory read: offsets, how unsure they are, velocities; [cells] each. */
    private final double[] offsets = new double[Grid.CELLS];
    private final double[] deviations = new double[Grid.CELLS];
    private final double[] velocities = new double[Grid.CELLS];
    private final double[] rememberedOffsets = new double[Grid.CELLS];
    private final double[] rememberedVelocities = new double[Grid.CELLS];

    CommitteeHumanizer(HumanizeModel model, InferenceEngine engine, double temperature, boolean cut) {
        this.model = model;
        this.cut = cut;
        spread = Math.min(1, temperature);
        drift = Math.max(0, temperature - 1);
        chunk = new Chunk(Grid.BARS + 2 * model.context());
        networks = model.members().stream().map(weights -> engine.open(weights, chunk.steps())).toList();
        features = new float[chunk.steps() * HumanizeFeatures.COUNT];
        velocityHead = new float[chunk.steps() * Grid.VOICES];
        timingHead = new float[velocityHead.length * model.bins().count()];
        heads = new float[][]{velocityHead, timingHead};
        probabilities = new double[model.bins().count()];
    }

    @Override
    public void humanize(Piece score, int bar, long seed, Groove groove) {
        read(score, bar, groove);
        model.memory().ifPresent(memory -> remember(memory, Grid.stepNanos(score.bpm(bar)) * 1e-6, groove));
        for (int step = 0; step < Grid.STEPS; step++) {
            for (int voice = 0; voice < Grid.VOICES; voice++) {
                if (groove.isHit(step, voice)) {
                    play(bar, step, voice, seed, groove);
                }
            }
        }
    }

    private void read(Piece score, int bar, Groove groove) {
        chunk.copyFrom(score, bar - model.context());
        chunk.set(model.context(), groove);
        chunk.cut[model.context()] = cut;
        HumanizeFeatures.fill(chunk, features, 0, HumanizeFeatures.COUNT);
        Arrays.fill(offsets, 0);
        Arrays.fill(deviations, 0);
        Arrays.fill(velocities, 0);
        double share = 1.0 / networks.size();
        int first = Grid.cell(model.context() * Grid.STEPS_PER_BAR, 0);
        for (LstmNetwork network : networks) {
            network.run(features, chunk.steps(), heads);
            for (int cell = 0; cell < Grid.CELLS; cell++) {
                if (groove.hits[cell] != 0) {
                    model.bins().probabilities(timingHead, (first + cell) * probabilities.length, probabilities);
                    offsets[cell] += share * model.bins().mean(probabilities);
                    deviations[cell] += share * model.bins().deviation(probabilities);
                    velocities[cell] += share * velocityHead[first + cell];
                }
            }
        }
    }

    private void remember(GrooveMemory memory, double stepMillis, Groove groove) {
        memory.recall(groove, stepMillis, rememberedOffsets, rememberedVelocities);
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            offsets[cell] += HumanizeModel.MEMORY_WEIGHT * (rememberedOffsets[cell] - offsets[cell]);
            velocities[cell] += HumanizeModel.MEMORY_WEIGHT * (rememberedVelocities[cell] - velocities[cell]);
        }
    }

    private void play(int bar, int step, int voice, long seed, Groove groove) {
        int cell = Grid.cell(step, voice);
        double offset = model.calibration().offset(step, offsets[cell], spread);
        double velocity = model.calibration().velocity(step, velocities[cell], spread);
        if (drift > 0) {
            long place = (long) bar * Grid.STEPS_PER_BAR + step;
            offset += drift * deviations[cell] * Drift.at(seed, place, voice);
            velocity += drift * model.calibration().velocityError() * Drift.at(seed ^ DYNAMICS, place, voice);
        }
        groove.set(step, voice, (float) Math.clamp(offset, -0.5, 0.4999), (float) Math.clamp(velocity, SOFTEST, 1));
    }
}
