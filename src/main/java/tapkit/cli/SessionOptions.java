package tapkit.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tapkit.UserError;
import tapkit.engine.Player;
import tapkit.engine.Replay;
import tapkit.engine.Session;
import tapkit.journal.Journal;
import tapkit.journal.SessionFolder;
import tapkit.telemetry.SessionScore;

/** Which session a command is about, and playing it again. */
final class SessionOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "SESSION",
            description = "File of a session, or its name or the beginning of it in the folder of sessions; default: the latest")
    private String name;

    @Option(names = "--journal", paramLabel = "FOLDER",
            description = "Folder of sessions; default: where tapkit play keeps them")
    private Path folder;

    @Option(names = "--partial", description = "Of a damaged session take what lies before the damage")
    private boolean partial;

    /**
     * A session played again.
     *
     * @param score what was played
     */
    record Played(Journal journal, Replay.Outcome outcome, SessionScore score) {
    }

    SessionFolder folder() {
        return folder == null ? SessionFolder.usual() : new SessionFolder(folder);
    }

    /** @throws UserError if there is none, or it is damaged and no part is wanted */
    Journal read() {
        Journal journal = Journal.read(folder().find(name));
        if (!partial) {
            journal.damage().ifPresent(damage -> {
                throw new UserError(
                        journal.file() + ": " + damage + "; take a copy that is whole, or what lies before with --partial");
            });
        }
        journal.tail().or(journal::damage).ifPresent(note -> say(journal.file() + ": " + note));
        return journal;
    }

    /** @param players answer again; empty: the answers are the session's */
    Played play(Journal journal, List<Player> players) {
        SessionScore score = new SessionScore(Session.of(journal).settings().bpm());
        Replay.Outcome outcome = new Replay(journal, players, score::add).run();
        if (!outcome.ended() && journal.tail().isEmpty() && journal.damage().isEmpty()) {
            say(journal.file() + ": ends without an end: the program was killed there, or the session goes on");
        }
        return new Played(journal, outcome, score);
    }

    void say(String what) {
        spec.commandLine().getErr().println("tapkit: " + what);
        spec.commandLine().getErr().flush();
    }

    /** Minutes and seconds. */
    static String clock(long nanos) {
        long seconds = nanos / 1_000_000_000L;
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
