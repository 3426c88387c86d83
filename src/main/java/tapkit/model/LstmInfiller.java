package tapkit.model;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.Piece;
import tapkit.grid.Voice;

/**
 * Fills in voices by a committee of networks, one after the other, each hearing those before it. Up to temperature 1 nothing is left to chance;
 * above it hits are drawn and the hands drift. Not thread safe.
 */
public final class LstmInfiller implements Infiller {
    private static final float SOFTEST = 1 / 127f;
    private static final long DYNAMICS = 0x5DEECE66DL;

    private final List<LstmNetwork> networks;
    private final InfillModel model;
    private final double spread;
    private final double warmth;
    private final boolean cut;
    private final Chunk chunk;
    private final boolean[] hidden = new boolean[Grid.VOICES];
    private final float[] features;
    private final float[] hitHead;
    private final float[] velocityHead;
    private final float[] timingHead;
    private final float[][] heads;
    private final double[] bins;
    /** What the committee reads of hidden voices: hits, velocities, offsets and how unsure they are; [steps of the chunk, voices]. */
    private final double[] probabilities;
    private final double[] velocities;
    private final double[] offsets;
    private final double[] deviations;

    LstmInfiller(InfillModel model, InferenceEngine engine, double temperature, boolean cut) {
        this.model = model;
        this.cut = cut;
        spread = Math.min(1, temperature);
        warmth = Math.max(0, temperature - 1);
        chunk = new Chunk(Grid.BARS + 2 * model.context());
        networks = model.members().stream().map(weights -> engine.open(weights, chunk.steps())).toList();
        features = new float[chunk.steps() * InfillFeatures.COUNT];
        hitHead = new float[chunk.steps() * Grid.VOICES];
        velocityHead = new float[hitHead.length];
        timingHead = new float[hitHead.length * model.bins().count()];
        heads = new float[][]{hitHead, velocityHead, timingHead};
        bins = new double[model.bins().count()];
        probabilities = new double[hitHead.length];
        velocities = new double[hitHead.length];
        offsets = new double[hitHead.length];
        deviations = new double[hitHead.length];
    }

    @Override
    public void infill(Piece rest, int bar, Set<Voice> wanted, long seed, Groove groove) {
        listen(rest, bar, wanted, groove);
        long start = (long) (bar - model.context()) * Grid.STEPS_PER_BAR;
        int missing = wanted.size();
        for (Voice voice : wanted) {
            run();
            double threshold = model.decoding().logOdds(voice.ordinal(), missing);
            for (int step = 0; step < chunk.steps(); step++) {
                if (chunk.inside[step / Grid.STEPS_PER_BAR]) {
                    decide(step, start + step, voice.ordinal(), threshold, seed);
                }
            }
            hidden[voice.ordinal()] = false;
            missing--;
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

    /**
     * What it says about voices that are hidden together, undecided.
     *
     * @param probability of a hit, [cells] of the two bars
     * @param said        its offsets and velocities
     */
    public void read(Piece rest, int bar, Set<Voice> wanted, Groove groove, float[] probability, Groove said) {
        listen(rest, bar, wanted, groove);
        run();
        int first = Grid.cell(model.context() * Grid.STEPS_PER_BAR, 0);
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            probability[cell] = (float) probabilities[first + cell];
            said.offsets[cell] = (float) offsets[first + cell];
            said.velocities[cell] = (float) velocities[first + cell];
        }
    }

    /** Asks every member about the voices that are hidden now. */
    private void run() {
        InfillFeatures.fill(chunk, hidden, features, 0, InfillFeatures.COUNT);
        Arrays.fill(probabilities, 0);
        Arrays.fill(velocities, 0);
        Arrays.fill(offsets, 0);
        Arrays.fill(deviations, 0);
        double share = 1.0 / networks.size();
        for (LstmNetwork network : networks) {
            network.run(features, chunk.steps(), heads);
            for (int cell = 0; cell < probabilities.length; cell++) {
                if (hidden[cell % Grid.VOICES]) {
                    model.bins().probabilities(timingHead, cell * bins.length, bins);
                    probabilities[cell] += share * hitHead[cell];
                    velocities[cell] += share * velocityHead[cell];
                    offsets[cell] += share * model.bins().mean(bins);
                    deviations[cell] += share * model.bins().deviation(bins);
                }
            }
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

    private void decide(int step, long place, int voice, double threshold, long seed) {
        int cell = Grid.cell(step, voice);
        if (!sounds(probabilities[cell], threshold, voice, seed, place)) {
            return;
        }
        InfillDecoding decoding = model.decoding();
        double offset = decoding.timing().of(voice, step, offsets[cell], spread);
        double velocity = decoding.velocity().of(voice, step, velocities[cell], spread);
        if (warmth > 0) {
            offset += warmth * deviations[cell] * Drift.at(seed, place, voice);
            velocity += warmth * decoding.velocityError().get(voice) * Drift.at(seed ^ DYNAMICS, place, voice);
        }
        chunk.hits[cell] = 1;
        chunk.offsets[cell] = (float) Math.clamp(offset, -0.5, 0.4999);
        chunk.velocities[cell] = (float) Math.clamp(velocity, SOFTEST, 1);
    }

    /** The threshold's log-odds fade as the coin's come in: at temperature 2 it is the network's own probability. */
    private boolean sounds(double probability, double threshold, int voice, long seed, long place) {
        double odds = Decoder.logOdds(probability) - (1 - warmth) * threshold;
        return warmth == 0 ? odds >= 0 : Drift.uniform(seed, place, voice) < 1 / (1 + Math.exp(-odds / warmth));
    }
}
