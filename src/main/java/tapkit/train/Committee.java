package tapkit.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import tapkit.OutputFile;
import tapkit.UserError;

/** Trains the members of a committee one after the other, each in a folder of its own ({@code net-1} and so on). */
final class Committee {
    /** Seeds of members are this many times the committee's, and their number. */
    private static final long SEEDS = 1000;

    private Committee() {
    }

    /** A member's task, given its recipe and its seed. */
    @FunctionalInterface
    interface Member<R> {
        TrainingTask task(R recipe, long seed);
    }

    /** What is done is not done again when resuming; returns the members' files. */
    static <R> List<Path> train(List<R> recipes, Member<R> member, long seed, Path out, PrintWriter log, boolean resume,
            String command) {
        List<Path> files = new ArrayList<>();
        for (int number = 1; number <= recipes.size(); number++) {
            Path folder = out.resolve("net-" + number);
            TrainingTask task = member.task(recipes.get(number - 1), SEEDS * seed + number);
            Path file = task.plan().model(folder);
            Trainer trainer = new Trainer(task, folder, log);
            log.printf("network %d of %d%n", number, recipes.size());
            if (!(resume && Files.exists(file) && trainer.isFinished())) {
                file = trainer.train(resume && trainer.hasCheckpoint(), command + " (network " + number + ")");
            }
            files.add(file);
        }
        return files;
    }

    /** The model as it will ship, with weights of half precision: what is tuned and measured. Only the tuned one gets the file's name. */
    static <M> M asShipped(Path out, Consumer<Path> save, Function<String, M> load) {
        Path untuned = out.resolve("untuned.safetensors");
        save.accept(untuned);
        M model = load.apply(untuned.toString());
        try {
            Files.delete(untuned);
        } catch (IOException e) {
            throw new UserError(untuned + " cannot be removed: " + OutputFile.reason(e), e);
        }
        return model;
    }
}
