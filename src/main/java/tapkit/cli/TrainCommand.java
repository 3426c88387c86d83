package tapkit.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tapkit.data.GrooveDataset;
import tapkit.model.Seq2SeqTask;
import tapkit.train.MlpTraining;
import tapkit.train.Seq2SeqRecipe;
import tapkit.train.Seq2SeqTraining;
import tapkit.train.TapRecipe;
import tapkit.train.TapTraining;
import tapkit.train.Trainer;
import tapkit.train.TrainingTask;

/** {@code tapkit train}. */
@Command(name = "train", description = "Train a model on the Groove MIDI Dataset.", mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    private static final String SHIPPED = "tap2drum";
    private static final String MLP = "mlp humanize";
    /** The paper's LSTM models: their recipes by MODEL and TASK. */
    private static final Map<String, Seq2SeqRecipe> PAPER = paper();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Parameters(arity = "1..2", paramLabel = "[MODEL] TASK", description = {"What ships and is played:", "  tap2drum",
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
        if (!name.equals(SHIPPED) && !name.equals(MLP) && !PAPER.containsKey(name)) {
            throw new CommandLine.ParameterException(spec.commandLine(), "nothing to train is called '" + name + "'; there are "
                    + SHIPPED + ", " + MLP + ", " + String.join(", ", PAPER.keySet()));
        }
        if (epochs != null && epochs < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--epochs " + epochs + " is too few; 1 at least");
        }
        String command = "tapkit train " + name + " --data DIR --seed " + seed
                + (epochs == null ? "" : " --epochs " + epochs);
        TrainingTask task = task(name, GrooveDataset.open(data));
        spec.commandLine().getOut().println(new Trainer(task, out, spec.commandLine().getErr()).train(resume, command));
        return CommandLine.ExitCode.OK;
    }

    private TrainingTask task(String name, GrooveDataset dataset) {
        if (PAPER.containsKey(name)) {
            Seq2SeqRecipe recipe = PAPER.get(name);
            return new Seq2SeqTraining(dataset, epochs == null ? recipe : recipe.withEpochs(epochs), seed);
        }
        if (name.equals(MLP)) {
            return new MlpTraining(dataset, epochs == null ? MlpTraining.EPOCHS : epochs, seed);
        }
        return new TapTraining(dataset, epochs == null ? TapRecipe.SHIPPED : TapRecipe.SHIPPED.withEpochs(epochs), seed);
    }

    private static Map<String, Seq2SeqRecipe> paper() {
        Map<String, Seq2SeqRecipe> recipes = new LinkedHashMap<>();
        recipes.put("seq2seq tap2drum", Seq2SeqRecipe.paper(Seq2SeqTask.TAP2DRUM, false));
        recipes.put("seq2seq humanize", Seq2SeqRecipe.paper(Seq2SeqTask.HUMANIZE, false));
        recipes.put("seq2seq-vib humanize", Seq2SeqRecipe.paper(Seq2SeqTask.HUMANIZE, true));
        recipes.put("groove-transfer humanize", Seq2SeqRecipe.paper(Seq2SeqTask.TRANSFER, false));
        recipes.put("groove-transfer-vib humanize", Seq2SeqRecipe.paper(Seq2SeqTask.TRANSFER, true));
        recipes.put("seq2seq infill", Seq2SeqRecipe.paper(Seq2SeqTask.INFILL, false));
        recipes.put("autoencoder-vib sample", Seq2SeqRecipe.paper(Seq2SeqTask.SAMPLE, true));
        return recipes;
    }
}
