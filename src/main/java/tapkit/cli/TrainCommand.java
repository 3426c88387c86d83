package tapkit.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tapkit.data.GrooveDataset;
import tapkit.train.Seq2SeqRecipe;
import tapkit.train.Seq2SeqTraining;
import tapkit.train.TapRecipe;
import tapkit.train.TapTraining;
import tapkit.train.Trainer;
import tapkit.train.TrainingTask;

/** {@code tapkit train}. */
@Command(name = "train", description = "Train a model on the Groove MIDI Dataset.", mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    private static final String TASK = "tap2drum";
    private static final String SHIPPED = "tap2drum";
    private static final String REFERENCE = "seq2seq";

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Parameters(arity = "1..2", paramLabel = "[MODEL] TASK", description = {"The task is tap2drum. Models:",
            "  tap2drum  the one that ships and is played (the default)", "  seq2seq   the paper's, as a reference"})
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
        String model = what.size() == 1 ? SHIPPED : what.getFirst();
        if (!what.getLast().equals(TASK) || !List.of(SHIPPED, REFERENCE).contains(model)) {
            throw new CommandLine.ParameterException(spec.commandLine(),
                    "nothing to train is called '" + String.join(" ", what) + "'; try 'tap2drum' or 'seq2seq tap2drum'");
        }
        if (epochs != null && epochs < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--epochs " + epochs + " is too few; 1 at least");
        }
        String command = "tapkit train " + String.join(" ", what) + " --data DIR --seed " + seed
                + (epochs == null ? "" : " --epochs " + epochs);
        TrainingTask task = task(model, GrooveDataset.open(data));
        spec.commandLine().getOut().println(new Trainer(task, out, spec.commandLine().getErr()).train(resume, command));
        return CommandLine.ExitCode.OK;
    }

    private TrainingTask task(String model, GrooveDataset dataset) {
        if (model.equals(REFERENCE)) {
            return new Seq2SeqTraining(dataset, epochs == null ? Seq2SeqRecipe.PAPER : Seq2SeqRecipe.PAPER.withEpochs(epochs),
                    seed);
        }
        return new TapTraining(dataset, epochs == null ? TapRecipe.SHIPPED : TapRecipe.SHIPPED.withEpochs(epochs), seed);
    }
}
