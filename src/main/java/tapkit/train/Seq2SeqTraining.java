package tapkit.train;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import tapkit.OutputFile;
import tapkit.data.GrooveDataset;
import tapkit.data.Split;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.model.Models;
import tapkit.model.Seq2SeqConfig;
import tapkit.model.Seq2SeqTask;
import tapkit.model.TrainedSeq2Seq;
import tapkit.model.nd4j.Seq2Seq;

/**
 * Training of the paper's LSTM models: teacher forcing on the training windows, as they are or cut.
 */
public final class Seq2SeqTraining implements TrainingTask {
    private static final int COLUMNS = Seq2SeqConfig.COLUMNS;

    private final Seq2SeqRecipe recipe;
    private final Seq2SeqConfig config;
    private final Seq2SeqTask task;
    private final int batch;
    private final TrainingPlan plan;
    private final List<Window> training;
    private final Seq2SeqValidation validation;
    private final float[] read;
    private final float[] told;
    private final float[] labels;
    private final float[] mask;
    private final Groove drums = new Groove();
    private final Groove heard = new Groove();
    private final Groove known = new Groove();

    public Seq2SeqTraining(GrooveDataset dataset, Seq2SeqRecipe recipe, long seed) {
        this.recipe = recipe;
        config = recipe.config();
        task = config.task();
        batch = recipe.optimiser().batch();
        int rows = Grid.STEPS * batch;
        read = new float[rows * COLUMNS];
        told = new float[rows * config.decoderInputs()];
        labels = new float[rows * COLUMNS];
        mask = new float[rows * COLUMNS];
        training = Window.of(dataset.takes(Split.TRAIN), Windowing.ALIGNED);
        plan = new TrainingPlan(name(config), recipe.optimiser(), recipe.toString(), seed,
                Math.max(1, training.size() / batch));
        validation = new Seq2SeqValidation(config, dataset, batch);
    }

    private static String name(Seq2SeqConfig config) {
        String model = switch (config.task()) {
            case TAP2DRUM, HUMANIZE, INFILL -> "seq2seq";
            case TRANSFER -> "groove-transfer";
            case SAMPLE -> "autoencoder";
        };
        String kind = config.variational() ? "-vib" : "";
        return model + kind + (model.equals("seq2seq") ? "-" + config.task() : "");
    }

    @Override
    public TrainingPlan plan() {
        return plan;
    }

    @Override
    public ComputationGraph network() {
        // The loss of the heads is a mean over steps where the paper's is a sum over them: so must be that of the embedding.
        LatentLoss bottleneck = new LatentLoss(recipe.bottleneck().beta() / Grid.STEPS,
                recipe.bottleneck().bits() * Math.log(2));
        return Seq2Seq.create(config, Grid.STEPS, DataType.FLOAT, recipe.dropout(), plan.seed(), plan.adam(),
                new GrooveLoss(true, recipe.loss().velocity(), recipe.loss().offset()), bottleneck);
    }

    @Override
    public MultiDataSet batch(SplittableRandom random) {
        for (int n = 0; n < batch; n++) {
            drums.copyFrom(training.get(random.nextInt(training.size())).groove());
            if (recipe.cut() > 0 && random.nextDouble() < recipe.cut()) {
                TapExamples.dropEarly(drums);
            }
            task.read(drums, heard);
            task.know(drums, known);
            for (int step = 0; step < Grid.STEPS; step++) {
                int row = (step * batch + n) * COLUMNS;
                int toldRow = (step * batch + n) * config.decoderInputs();
                Seq2Seq.row(heard, step, read, row);
                Seq2Seq.row(drums, step, labels, row);
                mask(step, row);
                if (step > 0) {
                    Groove before = random.nextDouble() < recipe.withheld() ? known : drums;
                    Seq2Seq.told(task, before, step - 1, told, toldRow);
                }
                if (task.controlled()) {
                    System.arraycopy(drums.hits, Grid.cell(step, 0), told, toldRow + COLUMNS, Grid.VOICES);
                }
            }
        }
        INDArray[] inputs = {array(read), array(told)};
        if (config.variational()) {
            INDArray none = Nd4j.zeros(DataType.FLOAT, batch, config.embedded());
            return new MultiDataSet(inputs, new INDArray[]{array(labels), none}, null, new INDArray[]{array(mask), null});
        }
        return new MultiDataSet(inputs, new INDArray[]{array(labels)}, null, new INDArray[]{array(mask)});
    }

    /** All hits count; velocities and offsets everywhere or where there are hits. */
    private void mask(int step, int row) {
        Arrays.fill(mask, row, row + COLUMNS, 1);
        if (recipe.loss().atHits()) {
            System.arraycopy(drums.hits, Grid.cell(step, 0), mask, row + Grid.VOICES, Grid.VOICES);
            System.arraycopy(drums.hits, Grid.cell(step, 0), mask, row + 2 * Grid.VOICES, Grid.VOICES);
        }
    }

    /** The network writing by itself: each step given its own answers so far. */
    @Override
    public List<Epoch.Score> validate(ComputationGraph graph) {
        return validation.run(graph);
    }

    @Override
    public Path export(ComputationGraph graph, List<Epoch> history, Path out, String command) {
        Path file = plan.model(out);
        Seq2SeqCard card = new Seq2SeqCard(plan.name(), recipe, plan.seed(), command, history);
        Map<String, String> metadata = card.metadata();
        if (task == Seq2SeqTask.TAP2DRUM) {
            metadata.put("thresholds", Models.join(validation.thresholds(graph)));
        }
        TrainedSeq2Seq.save(file, config, Seq2Seq.tensors(graph, config), metadata);
        OutputFile.write(out.resolve(plan.name() + ".md"),
                card.markdown(graph.params().length()).getBytes(StandardCharsets.UTF_8));
        return file;
    }

    private INDArray array(float[] values) {
        int rows = Grid.STEPS * batch;
        return Nd4j.createFromArray(values).reshape('c', rows, values.length / rows);
    }
}
