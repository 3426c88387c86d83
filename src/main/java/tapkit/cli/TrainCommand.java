package tapkit.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tapkit.data.GrooveDataset;
import tapkit.model.Seq2SeqTask;
import tapkit.train.FillCollection;
import tapkit.train.HumanizeCommittee;
import tapkit.train.HumanizeRecipe;
import tapkit.train.InfillCommittee;
import tapkit.train.InfillRecipe;
import tapkit.train.MlpTraining;
import tapkit.train.Seq2SeqRecipe;
import tapkit.train.Seq2SeqTraining;
import tapkit.train.TapRecipe;
import tapkit.train.TapTraining;
import tapkit.train.Training;

/** {@code tapkit train}. */
@Command(name = "train", description = "Train a model on the Groove MIDI Dataset.", mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    /** What can be trained, by MODEL and TASK, or by TASK alone for what ships. One more is a line here. */
    private static final Map<String, Factory> TASKS = tasks();

    /** Makes a training of a dataset, with the recipe's number of epochs or another one. */
    private interface Factory {
        Training training(GrooveDataset dataset, OptionalInt epochs, long seed);
    }

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Parameters(arity = "1..2", paramLabel = "[MODEL] TASK",
            description = {"What ships and is played:", "  tap2drum, humanize, infill, fills",
                    "The paper's models, as a reference:", "  mlp humanize", "  seq2seq tap2drum|humanize|infill",
                    "  seq2seq-vib humanize",
                    "  groove-transfer humanize", "  groove-transfer-vib humanize", "  autoencoder-vib sample"})
    private List<String> what;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of the Groove MIDI Dataset.")
    private Path data;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "training",
            description = "Where model, card, loss curve and checkpoints go (${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--resume", description = "Go on from the checkpoint in --out.")
    private boolean resume;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
            description = "Seed of everything random (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs, instead of the recipe's number.")
    private Integer epochs;

    @Override
    public Integer call() {
        String name = String.join(" ", what);
        if (!TASKS.containsKey(name)) {
            throw new CommandLine.ParameterException(spec.commandLine(), "nothing to train is called '" + name + "'; there are "
                    + String.join(", ", TASKS.keySet()));
        }
        if (epochs != null && epochs < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--epochs " + epochs + " is too few; 1 at least");
        }
        String command = "tapkit train " + name + " --data DIR --seed " + seed
                + (epochs == null ? "" : " --epochs " + epochs);
        Training training = TASKS.get(name).training(GrooveDataset.open(data),
                epochs == null ? OptionalInt.empty() : OptionalInt.of(epochs), seed);
        spec.commandLine().getOut().println(training.train(out, spec.commandLine().getErr(), resume, command));
        return CommandLine.ExitCode.OK;
    }

    private static Map<String, Factory> tasks() {
        Map<String, Factory> tasks = new LinkedHashMap<>();
        tasks.put("tap2drum", (dataset, epochs, seed) -> Training.of(new TapTraining(dataset,
                TapRecipe.SHIPPED.withEpochs(epochs.orElse(TapRecipe.SHIPPED.optimiser().epochs())), seed)));
        tasks.put("humanize", (dataset, epochs, seed) -> new HumanizeCommittee(dataset, HumanizeRecipe.SHIPPED.stream()
                .map(recipe -> recipe.withEpochs(epochs.orElse(recipe.optimiser().epochs()))).toList(), seed));
        tasks.put("infill", (dataset, epochs, seed) -> new InfillCommittee(dataset, InfillRecipe.SHIPPED.stream()
                .map(recipe -> recipe.withEpochs(epochs.orElse(recipe.optimiser().epochs()))).toList(), seed));
        tasks.put("fills", (dataset, epochs, seed) -> new FillCollection(dataset));
        tasks.put("mlp humanize", (dataset, epochs, seed) -> Training
                .of(new MlpTraining(dataset, epochs.orElse(MlpTraining.EPOCHS), seed)));
        tasks.put("seq2seq tap2drum", paper(Seq2SeqTask.TAP2DRUM, false));
        tasks.put("seq2seq humanize", paper(Seq2SeqTask.HUMANIZE, false));
        tasks.put("seq2seq-vib humanize", paper(Seq2SeqTask.HUMANIZE, true));
        tasks.put("groove-transfer humanize", paper(Seq2SeqTask.TRANSFER, false));
        tasks.put("groove-transfer-vib humanize", paper(Seq2SeqTask.TRANSFER, true));
        tasks.put("seq2seq infill", paper(Seq2SeqTask.INFILL, false));
        tasks.put("autoencoder-vib sample", paper(Seq2SeqTask.SAMPLE, true));
        return tasks;
    }

    /** The paper's LSTM models. */
    private static Factory paper(Seq2SeqTask task, boolean variational) {
        Seq2SeqRecipe recipe = Seq2SeqRecipe.paper(task, variational);
        return (dataset, epochs, seed) -> Training.of(new Seq2SeqTraining(dataset,
                recipe.withEpochs(epochs.orElse(recipe.optimiser().epochs())), seed));
    }
}
