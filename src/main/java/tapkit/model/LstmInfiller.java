package tapkit.model;

import java.util.Set;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.grid.Voice;

/**
 * Fills in voices by a network, one after the other, each hearing those before it. Up to temperature 1 nothing is left to chance;
 * above it hits are drawn and the hands drift. Not thread safe.
 */
public final class LstmInfiller implements Infiller {
    private static final float SOFTEST = 1 / 127f;
    private static final long DYNAMICS = 0x5DEECE66DL;

    private final LstmNetwork network;
    private final InfillModel model;
    private final double spread;
    private final double warmth;
    private final boolean cut;
    private final Chunk chunk;
    private final boolean[] hidden = new boolean[Grid.VOICES];
    private final float[] features;
    private final float[] hits;
    private final float[] velocities;
    private final float[] timings;
    private final float[][] heads;
    private final double[] probabilities;

    LstmInfiller(InfillModel model, InferenceEngine engine, double temperature, boolean cut) {
        this.model = model;
        this.cut = cut;
        spread = Math.min(1, temperature);
        warmth = Math.max(0, temperature - 1);
        chunk = new Chunk(Grid.BARS + 2 * model.context());
        network = engine.open(model.weights(), chunk.steps());
        features = new float[chunk.steps() * InfillFeatures.COUNT];
        hits = new float[chunk.steps() * Grid.VOICES];
        velocities = new float[hits.length];
        timings = new float[hits.length * model.bins().count()];
        heads = new float[][]{hits, velocities, timings};
        probabilities = new double[model.bins().count()];
    }

    @Override
    public void infill(Piece rest, int bar, Set<Voice> wanted, long seed, Groove groove) {
        listen(rest, bar, wanted, groove);
        long start = (long) (bar - model.context()) * Grid.STEPS_PER_BAR;
        for (Voice voice : wanted) {
            InfillFeatures.fill(chunk, hidden, features, 0, InfillFeatures.COUNT);
            network.run(features, chunk.steps(), heads);
            for (int step = 0; step < chunk.steps(); step++) {
                if (chunk.inside[step / Grid.STEPS_PER_BAR]) {
                    decide(step, start + step, voice.ordinal(), seed);
                }
            }
            hidden[voice.ordinal()] = false;
        }
        int from = model.context() * Grid.STEPS_PER_BAR;
        for (Voice voice : wanted) {
            for (int step = 0; step < Grid.STEPS; step++) {
                int cell = Grid.cell(from + step, voice.ordinal());
                if (chunk.hits[cell] != 0) {
                    groove.set(step, voice.ordinal(), chunk.offsets[cell], chunk.velocities[cell]);
                }
            }
        }
    }

    /** What it says about one voice, undecided: for each step of the two bars a probability, an offset and a velocity. */
    public void read(Piece rest, int bar, Voice wanted, Groove groove, float[] probability, float[] offset, float[] velocity) {
        listen(rest, bar, Set.of(wanted), groove);
        InfillFeatures.fill(chunk, hidden, features, 0, InfillFeatures.COUNT);
        network.run(features, chunk.steps(), heads);
        for (int step = 0; step < Grid.STEPS; step++) {
            int cell = Grid.cell(model.context() * Grid.STEPS_PER_BAR + step, wanted.ordinal());
            model.bins().probabilities(timings, cell * probabilities.length, probabilities);
            probability[step] = hits[cell];
            offset[step] = (float) model.bins().mean(probabilities);
            velocity[step] = velocities[cell];
        }
    }

    private void listen(Piece rest, int bar, Set<Voice> wanted, Groove groove) {
        chunk.copyFrom(rest, bar - model.context());
        chunk.set(model.context(), groove);
        chunk.cut[model.context()] = cut;
        for (int voice = 0; voice < Grid.VOICES; voice++) {
            hidden[voice] = wanted.contains(Voice.of(voice));
        }
    }

    private void decide(int step, long place, int voice, long seed) {
        int cell = Grid.cell(step, voice);
        if (!sounds(hits[cell], voice, seed, place)) {
            return;
        }
        InfillModel.Decoding decoding = model.decoding();
        model.bins().probabilities(timings, cell * probabilities.length, probabilities);
        double offset = model.bins().mean(probabilities);
        double center = decoding.velocity().get(voice);
        double stretch = 1 + spread * (decoding.velocitySpread().get(voice) - 1);
        double velocity = center + stretch * (velocities[cell] - center);
        if (warmth > 0) {
            offset += warmth * model.bins().deviation(probabilities) * Drift.at(seed, place, voice);
            velocity += warmth * decoding.velocityError().get(voice) * Drift.at(seed ^ DYNAMICS, place, voice);
        }
        chunk.hits[cell] = 1;
        chunk.offsets[cell] = (float) Math.clamp(offset, -0.5, 0.4999);
        chunk.velocities[cell] = (float) Math.clamp(velocity, SOFTEST, 1);
    }

    /** The threshold's log-odds fade as the coin's come in: at temperature 2 it is the network's own probability. */
    private boolean sounds(float probability, int voice, long seed, long place) {
        double odds = logit(probability) - (1 - warmth) * logit(model.decoding().thresholds().get(voice));
        return warmth == 0 ? odds >= 0 : Drift.uniform(seed, place, voice) < 1 / (1 + Math.exp(-odds / warmth));
    }

    private static double logit(double p) {
        double q = Math.clamp(p, 1e-7, 1 - 1e-7);
        return Math.log(q / (1 - q));
    }
}
