package tapkit.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tapkit.OutputFile;
import tapkit.UserError;
import tapkit.data.MidiFile;
import tapkit.data.Score;
import tapkit.engine.Player;
import tapkit.engine.Replay;
import tapkit.journal.Journal;
import tapkit.journal.SessionFolder;
import tapkit.model.InferenceEngine;
import tapkit.model.Models;
import tapkit.model.TrainedModel;

/** {@code tapkit replay}: a session once more, the same to the byte. */
@Command(name = "replay", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Play a session of tapkit play again, and write the MIDI file that it recorded, the same to the byte.")
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    private SessionOptions session;

    @Option(names = {"-o", "--out"}, paramLabel = "OUT.mid", description = "MIDI file to write")
    private Path out;

    @Option(names = "--infer",
            description = "Compute the model's answers again, and say whether they are the same; else they are "
                    + "the session's, which every machine plays alike")
    private boolean infer;

    @Option(names = "--list", description = "List the sessions that there are")
    private boolean list;

    @Override
    public Integer call() {
        if (list) {
            list();
            return CommandLine.ExitCode.OK;
        }
        if (out == null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "-o OUT.mid is missing: where to write");
        }
        OutputFile.requireWritable(out);
        Journal journal = session.read();
        List<Player> players = infer ? players(journal) : List.of();
        SessionOptions.Played played;
        try {
            played = session.play(journal, players);
        } finally {
            players.forEach(player -> player.model().close());
        }
        Score score = played.score().score();
        MidiFile.write(out, score);
        return tell(journal, played.outcome(), score) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** Returns whether it was the same. */
    private boolean tell(Journal journal, Replay.Outcome outcome, Score score) {
        PrintWriter say = spec.commandLine().getOut();
        long taps = score.notes().stream().filter(note -> note.track() == 1).count();
        say.printf("%s: %s, %d taps, %d drums, %d answers%n", journal.file().getFileName(),
                SessionOptions.clock(outcome.lastNanos() - outcome.firstNanos()), taps, score.notes().size() - taps,
                outcome.answers());
        if (infer) {
            say.printf("%d of %d answers are the same when they are computed again%n", outcome.answersEqual(),
                    outcome.answers());
        }
        outcome.differsAt().ifPresentOrElse(
                at -> say.printf("not as it was played, from %s on%s%n", SessionOptions.clock(at - outcome.firstNanos()),
                        infer
                                ? ""
                                : ": it was played with tapkit " + journal.fields().get("tapkit") + ", this is "
                                        + Main.version()),
                () -> say.println("the same as it was played"));
        say.flush();
        return outcome.same() || infer;
    }

    private static List<Player> players(Journal journal) {
        if (!SessionHeader.hasModels(journal.fields())) {
            throw new UserError(journal.file() + ": was answered by " + journal.field("models") + " with the SHA-256 "
                    + journal.field("models-sha256")
                    + ", which is not here; leave --infer away, and the session's own answers play");
        }
        InferenceEngine engine = Arrays.stream(InferenceEngine.values())
                .filter(one -> one.toString().equalsIgnoreCase(journal.field("engine"))).findFirst()
                .orElse(InferenceEngine.VECTOR);
        return Arrays.stream(journal.field("models").split(",", -1)).map(Models::load)
                .map((TrainedModel model) -> new Player(model.open(engine), model.decoder())).toList();
    }

    private void list() {
        PrintWriter say = spec.commandLine().getOut();
        SessionFolder folder = session.folder();
        List<Path> files = folder.sessions();
        session.say(
                files.isEmpty() ? "no sessions in " + folder.path() : "sessions in " + folder.path() + ", the latest first");
        for (Path file : files) {
            say.printf("%s  %6d kB%s%n", file.getFileName(), Math.max(1, size(file) / 1000),
                    SessionFolder.isBeingWritten(file) ? "  goes on" : "");
        }
        say.flush();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
