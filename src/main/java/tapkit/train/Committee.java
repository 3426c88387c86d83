package tapkit.train;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Trains the members of a committee one after the other, each in a folder of its own ({@code net-1} and so on). */
final class Committee {
    /** Seeds of members are this many times the committee's, and their number. */
    private static final long SEEDS = 1000;

    private Committee() {
    }

    /** A member's task, given its seed. */
    @FunctionalInterface
    interface Member {
        TrainingTask task(long seed);
    }

    /** What is done is not done again when resuming; returns the members' files. */
    static List<Path> train(List<Member> members, long seed, Path out, PrintWriter log, boolean resume, String command) {
        List<Path> files = new ArrayList<>();
        for (int number = 1; number <= members.size(); number++) {
            Path folder = out.resolve("net-" + number);
            TrainingTask task = members.get(number - 1).task(SEEDS * seed + number);
            Path file = folder.resolve(task.name() + ".safetensors");
            Trainer trainer = new Trainer(task, folder, log);
            log.printf("network %d of %d%n", number, members.size());
            if (!(resume && Files.exists(file) && trainer.isFinished())) {
                file = trainer.train(resume && trainer.hasCheckpoint(), command + " (network " + number + ")");
            }
            files.add(file);
        }
        return files;
    }
}
