package tapkit.train;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import tapkit.OutputFile;
import tapkit.data.GrooveDataset;
import tapkit.data.Split;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.evaluate.TapInput;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;
import tapkit.grid.Voice;
import tapkit.model.Prediction;
import tapkit.model.nd4j.Seq2Seq;

/**
 * Training of the paper's Seq2Seq for Tap2Drum as the paper has it: collapsed taps without velocity, teacher forcing, no
 * variations. The reference that the live model is compared with; nothing plays it.
 */
public final class Seq2SeqTraining implements TrainingTask {
    /** Makes means over cells the paper's sums over voices. */
    private static final double PER_STEP = Grid.VOICES;
    /** Least probability of a hit that the decoder gets to hear when it writes by itself. */
    private static final double FED_BACK = 0.4;
    /** Which voice a collapsed track is written as; any would do. */
    private static final int TAP_VOICE = Voice.CLOSED_HAT.ordinal();
    private static final int COLUMNS = Seq2Seq.COLUMNS;
    private static final Groove SILENCE = new Groove();

    private final Seq2SeqRecipe recipe;
    private final int batch;
    private final long seed;
    private final TapInput condition = new TapInput(false, false, 0);
    private final List<Window> training;
    private final List<Window> validation;
    private final TapWindow taps = new TapWindow();
    private final float[] input;
    private final float[] previous;
    private final float[] labels;

    public Seq2SeqTraining(GrooveDataset dataset, Seq2SeqRecipe recipe, long seed) {
        this.recipe = recipe;
        this.seed = seed;
        batch = recipe.optimiser().batch();
        input = new float[Grid.STEPS * batch * COLUMNS];
        previous = new float[input.length];
        labels = new float[input.length];
        training = Window.of(dataset.takes(Split.TRAIN), Windowing.ALIGNED);
        validation = Window.of(dataset.takes(Split.VALIDATION), Windowing.CUT);
    }

    @Override
    public String name() {
        return "seq2seq-tap2drum";
    }

    @Override
    public Optimiser optimiser() {
        return recipe.optimiser();
    }

    @Override
    public String recipe() {
        return recipe.toString();
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public int batches() {
        return Math.max(1, training.size() / batch);
    }

    @Override
    public ComputationGraph network() {
        Adam adam = new Adam(recipe.optimiser().schedule(batches()));
        return Seq2Seq.create(recipe.sizes(), DataType.FLOAT, seed, adam, new GrooveLoss(true, PER_STEP, PER_STEP));
    }

    @Override
    public MultiDataSet batch(SplittableRandom random) {
        for (int n = 0; n < batch; n++) {
            int index = random.nextInt(training.size());
            setTaps(n, training.get(index), index);
            Groove drums = training.get(index).groove();
            for (int step = 0; step < Grid.STEPS; step++) {
                set(drums, step, labels, row(step, n));
                if (step + 1 < Grid.STEPS) {
                    set(random.nextDouble() < recipe.withheld() ? SILENCE : drums, step, previous, row(step + 1, n));
                }
            }
        }
        return new MultiDataSet(new INDArray[]{array(input), array(previous)}, new INDArray[]{array(labels)});
    }

    /** The network alone: each step given its own answers so far. */
    @Override
    public List<Epoch.Score> validate(ComputationGraph graph) {
        Seq2Seq writer = new Seq2Seq(graph, recipe.sizes(), batch);
        List<Prediction> predictions = new ArrayList<>();
        List<TapWindow> heard = new ArrayList<>();
        for (int from = 0; from < validation.size(); from += batch) {
            int count = Math.min(batch, validation.size() - from);
            for (int n = 0; n < batch; n++) {
                // The last batch is filled up with its last window.
                int index = from + Math.min(n, count - 1);
                setTaps(n, validation.get(index), index);
                if (n < count) {
                    TapWindow copy = new TapWindow();
                    copy.copyFrom(taps);
                    heard.add(copy);
                }
            }
            predictions.addAll(writer.write(array(input), FED_BACK).subList(0, count));
        }
        return List.of(Validation.judge("no velocity", validation, heard, predictions).score());
    }

    @Override
    public Path export(ComputationGraph graph, List<Epoch> history, Path out, String command) {
        Path file = out.resolve(name() + ".zip");
        OutputFile.write(file, stream -> ModelSerializer.writeModel(graph, stream, false));
        String card = """
                # seq2seq-tap2drum: the paper's Seq2Seq, the reference

                `%s`: %s; %d weights, seed %d. A DL4J model; trained on the Groove MIDI Dataset (CC BY 4.0).

                %s
                """.formatted(command, recipe, graph.params().length(), seed, history.getLast());
        OutputFile.write(out.resolve(name() + ".md"), card.getBytes(StandardCharsets.UTF_8));
        return file;
    }

    private void setTaps(int n, Window window, int index) {
        condition.taps(window, index, taps);
        for (int step = 0; step < Grid.STEPS; step++) {
            int at = row(step, n);
            Arrays.fill(input, at, at + COLUMNS, 0);
            input[at + TAP_VOICE] = taps.taps[step];
            input[at + Grid.VOICES + TAP_VOICE] = taps.velocities[step];
            input[at + 2 * Grid.VOICES + TAP_VOICE] = taps.offsets[step];
        }
    }

    private static void set(Groove drums, int step, float[] to, int at) {
        int cell = Grid.cell(step, 0);
        System.arraycopy(drums.hits, cell, to, at, Grid.VOICES);
        System.arraycopy(drums.velocities, cell, to, at + Grid.VOICES, Grid.VOICES);
        System.arraycopy(drums.offsets, cell, to, at + 2 * Grid.VOICES, Grid.VOICES);
    }

    private int row(int step, int n) {
        return (step * batch + n) * COLUMNS;
    }

    private INDArray array(float[] values) {
        return Nd4j.createFromArray(values).reshape('c', Grid.STEPS * batch, COLUMNS);
    }
}
