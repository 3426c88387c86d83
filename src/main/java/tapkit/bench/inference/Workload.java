package tapkit.bench.inference;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;
import tapkit.model.InferenceEngine;
import tapkit.model.InferenceWork;
import tapkit.model.LstmNetwork;
import tapkit.model.LstmWeights;
import tapkit.model.Models;
import tapkit.model.Prediction;
import tapkit.model.Seq2SeqConfig;
import tapkit.model.Seq2SeqNetwork;
import tapkit.model.StepSampler;
import tapkit.model.TapFeatures;
import tapkit.model.TapModel;
import tapkit.model.TrainedModel;
import tapkit.model.TrainedSeq2Seq;

/**
 * An inference that is measured, with a network, inputs and outputs of its own; one thread's. Each run takes another input of many.
 *
 * @param network {@code live}, the network that answers taps, or {@code paper}, one of the paper's size
 * @param once    one inference
 */
public record Workload(String network, InferenceEngine engine, InferenceWork work, Runnable once) {
    public static final String LIVE = "live";
    public static final String PAPER = "paper";
    private static final int INPUTS = 64;
    /** Hands tap 19 times in two bars, on average. */
    private static final double TAPPED = 19.0 / Grid.STEPS;
    /** Drummers strike nine voices this often in two bars. */
    private static final double STRUCK = 36.0 / Grid.CELLS;

    /** The network of this name over two bars. */
    public static Workload of(String network, InferenceEngine engine) {
        return network.equals(LIVE) ? live(engine) : paper(engine);
    }

    /** Two bars of taps to what sounds there may be, as {@code play} asks for at every tap. */
    public static Workload live(InferenceEngine engine) {
        TrainedModel trained = Models.load(Models.TAP2DRUM);
        TapModel model = trained.open(engine);
        TapWindow[] taps = taps();
        Prediction out = new Prediction();
        Turn turn = new Turn();
        return new Workload(LIVE, engine,
                InferenceWork.of(trained.weights().config(), engine.precision(), Grid.STEPS, active(taps)),
                () -> model.predict(taps[turn.next()], out));
    }

    /** The live network over more bars at once than it ever is in play. */
    public static Workload live(InferenceEngine engine, int bars) {
        LstmWeights weights = Models.load(Models.TAP2DRUM).weights();
        int steps = bars * Grid.STEPS_PER_BAR;
        LstmNetwork network = engine.open(weights, steps);
        TapWindow[] taps = taps();
        float[][] features = new float[INPUTS][steps * TapFeatures.COUNT];
        for (int i = 0; i < INPUTS; i++) {
            for (int bar = 0; bar < bars; bar += Grid.BARS) {
                TapFeatures.fill(taps[(i + bar) % INPUTS], features[i], bar * Grid.STEPS_PER_BAR * TapFeatures.COUNT,
                        TapFeatures.COUNT);
            }
        }
        float[][] heads = weights.config().heads().stream().map(head -> new float[steps * head.width()])
                .toArray(float[][]::new);
        Turn turn = new Turn();
        return new Workload(LIVE, engine, InferenceWork.of(weights.config(), engine.precision(), steps, active(taps)),
                () -> network.run(features[turn.next()], steps, heads));
    }

    /** A groove of two bars read, and written again: encoder, z and decoder. */
    public static Workload paper(InferenceEngine engine) {
        return paper(engine, false);
    }

    /** What of it is left when the bars end: the encoder has read forward all steps but the last as they went by. */
    public static Workload paperAtTheBarsEnd(InferenceEngine engine) {
        return paper(engine, true);
    }

    /** So many grooves written from as many z: the paper's decoder without its encoder. */
    public static Workload candidates(InferenceEngine engine, int count) {
        TrainedSeq2Seq trained = TrainedSeq2Seq.load(Models.GROOVE);
        Seq2SeqConfig config = trained.config();
        Seq2SeqNetwork network = trained.open(engine);
        SplittableRandom random = new SplittableRandom(1);
        float[][] z = new float[count][config.latent()];
        for (float[] one : z) {
            for (int j = 0; j < one.length; j++) {
                one[j] = (float) random.nextGaussian();
            }
        }
        Groove score = new Groove();
        fill(score, random);
        StepSampler sampler = StepSampler.hitsOf(score);
        Prediction[] said = Stream.generate(Prediction::new).limit(count).toArray(Prediction[]::new);
        Groove[] out = Stream.generate(Groove::new).limit(count).toArray(Groove[]::new);
        double told = 4.0 * score.hitCount() / Grid.STEPS;
        return new Workload(PAPER, engine, InferenceWork.of(config, engine.precision(), Grid.STEPS, 0, told),
                () -> network.write(z, score, sampler, said, out));
    }

    private static Workload paper(InferenceEngine engine, boolean atTheEnd) {
        TrainedSeq2Seq trained = TrainedSeq2Seq.load(Models.GROOVE);
        Seq2SeqConfig config = trained.config();
        Seq2SeqNetwork network = trained.open(engine);
        SplittableRandom random = new SplittableRandom(1);
        Groove[] grooves = new Groove[INPUTS];
        for (int i = 0; i < INPUTS; i++) {
            grooves[i] = new Groove();
            if (i > 0 && atTheEnd) {
                grooves[i].copyFrom(grooves[0]);
            } else {
                fill(grooves[i], random);
                grooves[i].set(0, 0, 0, (1 + i) / 128f);
            }
            // The first and the last step are never what they were: nothing more than is said can be left out.
            grooves[i].set(Grid.STEPS - 1, 0, 0, (1 + i) / 128f);
        }
        float[] embedding = new float[config.embedded()];
        float[] z = new float[config.latent()];
        Prediction said = new Prediction();
        Groove out = new Groove();
        StepSampler[] samplers = Arrays.stream(grooves).map(StepSampler::hitsOf).toArray(StepSampler[]::new);
        Turn turn = new Turn();
        double hits = Arrays.stream(grooves).mapToInt(Groove::hitCount).average().orElseThrow() / Grid.STEPS;
        return new Workload(PAPER, engine,
                InferenceWork.of(config, engine.precision(), atTheEnd ? 1 : Grid.STEPS, 3 * hits, 4 * hits), () -> {
                    int i = turn.next();
                    network.embed(grooves[i], embedding);
                    System.arraycopy(embedding, 0, z, 0, z.length);
                    network.write(z, grooves[i], samplers[i], said, out);
                });
    }

    private static void fill(Groove groove, RandomGenerator random) {
        for (int cell = 0; cell < Grid.CELLS; cell++) {
            if (random.nextDouble() < STRUCK) {
                groove.set(cell / Grid.VOICES, cell % Grid.VOICES, (float) random.nextDouble(-0.5, 0.5),
                        (float) random.nextDouble(0.1, 1));
            }
        }
    }

    private static TapWindow[] taps() {
        SplittableRandom random = new SplittableRandom(1);
        TapWindow[] windows = new TapWindow[INPUTS];
        for (int i = 0; i < INPUTS; i++) {
            windows[i] = new TapWindow();
            windows[i].velocityKnown = i % 2 == 0;
            windows[i].bpm = 60 + 2 * i;
            for (int step = 0; step < Grid.STEPS; step++) {
                if (random.nextDouble() < TAPPED) {
                    windows[i].add(step, (float) random.nextDouble(-0.5, 0.5), (float) random.nextDouble(0.1, 1));
                }
            }
        }
        return windows;
    }

    /** Features of a step that are not 0, on average. */
    private static double active(TapWindow[] taps) {
        float[] features = new float[TapFeatures.SIZE];
        int active = 0;
        for (TapWindow window : taps) {
            TapFeatures.fill(window, features);
            for (float feature : features) {
                active += feature != 0 ? 1 : 0;
            }
        }
        return (double) active / (taps.length * Grid.STEPS);
    }

    /** Round and round the inputs. */
    private static final class Turn {
        private int at;

        private int next() {
            at = (at + 1) % INPUTS;
            return at;
        }
    }
}
