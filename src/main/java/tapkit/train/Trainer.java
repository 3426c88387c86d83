package tapkit.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import tapkit.OutputFile;
import tapkit.UserError;
import tapkit.model.nd4j.NativeThreads;
import tapkit.render.CurveFigure;

/**
 * The training loop. After each epoch there is a checkpoint; a run that was stopped, however rudely, goes on from the last one and
 * ends with the same weights. Not thread safe.
 */
public final class Trainer {
    /** Batches between two lines of progress. */
    private static final int REPORT = 25;

    private final TrainingTask task;
    private final TrainingPlan plan;
    private final Optimiser optimiser;
    private final Path out;
    private final PrintWriter log;
    private int lastEpoch = Integer.MAX_VALUE;

    /** @param log where progress goes */
    public Trainer(TrainingTask task, Path out, PrintWriter log) {
        NativeThreads.useOne();
        this.task = task;
        this.out = out;
        this.log = log;
        plan = task.plan();
        optimiser = plan.optimiser();
    }

    /** Stops after this epoch, as a user would; for tests. */
    void stopAfter(int epoch) {
        lastEpoch = epoch;
    }

    /**
     * Trains to the end and writes model, card and loss curve (numbers and picture).
     *
     * @param resume  whether to go on from the checkpoint in the folder
     * @param command what was typed, for the card
     * @return the model file
     */
    public Path train(boolean resume, String command) {
        Checkpoint checkpoint = resume ? resumed() : fresh();
        OutputFile.removeLeftovers(checkpointFile());
        ComputationGraph graph = checkpoint.graph();
        MovingAverage average = new MovingAverage(optimiser.averaging(), checkpoint.average());
        graph.setListeners(new GradientClip(optimiser.clip()), average);
        ComputationGraph validated = task.network();
        INDArray best = checkpoint.best();
        List<Epoch> history = new ArrayList<>(checkpoint.state().history());
        while (history.size() < lastEpoch && !finished(history)) {
            int number = history.size() + 1;
            long start = System.nanoTime();
            double loss = epoch(graph, number);
            double seconds = (System.nanoTime() - start) / 1e9;
            validated.setParams(average.weights());
            history.add(
                    new Epoch(number, loss, seconds, plan.batches() * optimiser.batch() / seconds, task.validate(validated)));
            if (Epoch.best(history).number() == number) {
                best = average.weights().dup();
            }
            log.println(history.getLast());
            log.flush();
            new Checkpoint(graph, average.weights(), best,
                    new Checkpoint.State(plan.recipe(), plan.seed(), history)).write(checkpointFile());
            writeCurve(history);
        }
        validated.setParams(best);
        return task.export(validated, history, out, command);
    }

    /** Whether there is a checkpoint in the folder. */
    boolean hasCheckpoint() {
        return Files.exists(checkpointFile());
    }

    /** Whether the checkpoint in the folder is that of this very task, done to the end. */
    boolean isFinished() {
        if (!hasCheckpoint()) {
            return false;
        }
        Checkpoint.State state = Checkpoint.readState(checkpointFile());
        return state.seed() == plan.seed() && state.recipe().equals(plan.recipe()) && finished(state.history());
    }

    /** One epoch; returns its mean loss. */
    private double epoch(ComputationGraph graph, int number) {
        SplittableRandom random = new SplittableRandom(plan.seed() * 0x9E3779B97F4A7C15L + number);
        double sum = 0;
        long start = System.nanoTime();
        for (int done = 1; done <= plan.batches(); done++) {
            graph.fit(task.batch(random));
            sum += graph.score();
            if (!Double.isFinite(sum)) {
                throw new UserError("the loss is no number any more (epoch " + number + ", batch " + done
                        + "); train with a lower learning rate");
            }
            if (done % REPORT == 0 || done == plan.batches()) {
                progress(number, done, sum / done, (System.nanoTime() - start) / 1e9);
            }
        }
        return sum / plan.batches();
    }

    private void progress(int number, int done, double loss, double seconds) {
        double perBatch = seconds / done;
        int all = plan.batches();
        long left = Math.round(perBatch * (all - done + (optimiser.epochs() - number) * (double) all));
        log.printf(Locale.ROOT, "\repoch %d of %d  %3d %%  loss %.4f  %.0f samples/s  ETA %d:%02d:%02d ", number,
                optimiser.epochs(), 100 * done / all, loss, optimiser.batch() / perBatch, left / 3600, left / 60 % 60,
                left % 60);
        if (done == all) {
            log.println();
        }
        log.flush();
    }

    private Checkpoint fresh() {
        if (Files.exists(checkpointFile()) && !finished(Checkpoint.readState(checkpointFile()).history())) {
            throw new UserError(checkpointFile() + ": a training stopped here; go on with --resume, or delete the file");
        }
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw new UserError("cannot make the folder " + out + ": " + OutputFile.reason(e) + "; name another with --out", e);
        }
        ComputationGraph graph = task.network();
        log.printf(Locale.ROOT, "%d weights, %d batches of %d an epoch, seed %d%n", graph.params().length(), plan.batches(),
                optimiser.batch(), plan.seed());
        return new Checkpoint(graph, graph.params().dup(), graph.params().dup(),
                new Checkpoint.State(plan.recipe(), plan.seed(), List.of()));
    }

    private Checkpoint resumed() {
        if (!Files.exists(checkpointFile())) {
            throw new UserError(checkpointFile() + ": no such checkpoint to resume; train without --resume");
        }
        Checkpoint checkpoint = Checkpoint.read(checkpointFile());
        Checkpoint.State state = checkpoint.state();
        if (state.seed() != plan.seed() || !state.recipe().equals(plan.recipe())) {
            throw new UserError(checkpointFile() + ": was trained with seed " + state.seed() + " and " + state.recipe()
                    + "; give the same, or train without --resume");
        }
        log.printf(Locale.ROOT, "resumed after epoch %d%n", state.history().size());
        return checkpoint;
    }

    /** All epochs done, or no better validation for some. */
    private boolean finished(List<Epoch> history) {
        return history.size() >= optimiser.epochs()
                || (!history.isEmpty() && history.size() - Epoch.best(history).number() >= optimiser.patience());
    }

    private void writeCurve(List<Epoch> history) {
        StringBuilder csv = new StringBuilder(history.getFirst().csvHeader()).append('\n');
        history.forEach(epoch -> csv.append(epoch.csv()).append('\n'));
        OutputFile.write(out.resolve(plan.name() + ".csv"), csv.toString().getBytes(StandardCharsets.UTF_8));
        CurveFigure.write(out.resolve(plan.name() + ".png"), plan.name() + ", seed " + plan.seed(), Epoch.panels(history));
    }

    private Path checkpointFile() {
        return out.resolve(plan.name() + ".checkpoint");
    }
}
