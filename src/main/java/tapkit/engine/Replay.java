package tapkit.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import tapkit.UserError;
import tapkit.control.ControlBoard;
import tapkit.grid.Groove;
import tapkit.journal.Journal;
import tapkit.port.MidiOutput;
import tapkit.telemetry.Lateness;
import tapkit.telemetry.PlayedEvent;
import tapkit.telemetry.SnapshotCell;

/**
 * Plays a session again from its journal, with the real {@link Conductor}: the same turns, inputs and answers at the same times, so the same
 * messages to the ports. It notes a journal of its own on the way; as long as that is the same bytes, everything was the same. Not
 * thread safe.
 */
public final class Replay {
    /** Hears what is played again, in order. */
    public interface Listener {
        void played(PlayedEvent event);

        /** @param output number of the drums' port, or how many of them there are: that of the clock */
        default void sent(int output, int message, long atNanos) {
            // most want to know what was played, not how
        }
    }

    /**
     * How it went.
     *
     * @param firstNanos    of the first turn, on the clock of the session
     * @param lastNanos     of the last turn
     * @param ended         whether the session ended in order; else its program died, or its journal was full
     * @param differsAt     time of the turn in which something was not as in the session, if anything was not
     * @param answers       of the model, in the session
     * @param answersEqual  of them, those that came out the same when they were computed again
     */
    public record Outcome(long firstNanos, long lastNanos, boolean ended, Optional<Long> differsAt, long answers,
            long answersEqual) {
        /** Whether all that went out was the same as in the session. */
        public boolean same() {
            return differsAt.isEmpty();
        }
    }

    private final Journal journal;
    private final Session session;
    private final Listener listener;
    private final Optional<Responder> responder;
    private final RecordedTurn turn;
    private final Map<Long, Question> questions = new HashMap<>();
    private long sends;
    private long asks;
    private long answers;
    private long answersEqual;
    private int compared;
    private Optional<Long> differsAt = Optional.empty();

    /**
     * @param players answer again, as in the session; empty: the answers are the session's
     * @throws UserError if the journal's header makes no sense
     */
    public Replay(Journal journal, List<Player> players, Listener listener) {
        this.journal = journal;
        this.listener = listener;
        session = Session.of(journal);
        responder = players.isEmpty() ? Optional.empty() : Optional.of(new Responder(players));
        turn = new RecordedTurn(new RecordDecoder(journal.records()), Session.controls(journal));
    }

    /**
     * Plays all of it.
     *
     * @throws UserError if the records make no sense
     */
    public Outcome run() {
        try {
            return play();
        } catch (RecordDecoder.Malformed e) {
            throw new UserError(journal.file() + ": cannot be played from byte " + turn.end + " of its records on ("
                    + e.getMessage() + "); use the tapkit that wrote it, " + journal.fields().get("tapkit"), e);
        }
    }

    private Outcome play() {
        EngineJournal again = new EngineJournal(this::compare);
        Feeds feeds = new Feeds();
        FeedRing feed = feeds.open();
        ControlBoard board = session.settings().board();
        List<MidiOutput> drums = new ArrayList<>();
        for (int i = 0; i < session.drumLeads().size(); i++) {
            drums.add(new Port(i, session.drumLeads().get(i)));
        }
        MidiOutput clock = session.clockLead().<MidiOutput>map(lead -> new Port(drums.size(), lead)).orElse(null);
        Conductor conductor = new Conductor(session.settings(), new Answers(), (seed, bpm, playing, out) -> draw(out), drums,
                new DirectPath(), clock, feeds, new SnapshotCell("replay"), board, new Lateness(), again);
        PlayedEvent event = new PlayedEvent();
        long first = 0;
        long last = 0;
        for (boolean any = false; turn.read(); any = true) {
            first = any ? first : turn.nowNanos;
            last = turn.nowNanos;
            turn.inputs.forEach(input -> conductor.inputs().put(input));
            conductor.doWork(last);
            if (turn.ended) {
                break;
            }
            tell(feed, event);
        }
        if (!turn.ended) {
            compared = Integer.MAX_VALUE; // how it ended is not known
        }
        conductor.onClose();
        tell(feed, event);
        return new Outcome(first, last, turn.ended, differsAt, answers, answersEqual);
    }

    private void tell(FeedRing feed, PlayedEvent event) {
        while (feed.poll(event)) {
            listener.played(event);
        }
    }

    /** The journal of the replay, as it is noted. */
    private boolean compare(byte[] bytes, int length) {
        if (compared == Integer.MAX_VALUE || differsAt.isPresent()) {
            return true;
        }
        byte[] records = journal.records();
        if (compared + length > records.length
                || !Arrays.equals(bytes, 0, length, records, compared, compared + length)) {
            differsAt = Optional.of(turn.nowNanos);
        }
        compared += length;
        return true;
    }

    private void draw(Groove out) {
        Groove drawn = turn.fills.poll();
        if (drawn == null) {
            throw new RecordDecoder.Malformed("a fill that was not drawn then");
        }
        out.copyFrom(drawn);
    }

    /** Hands out the session's answers in the turns in which they came. */
    private final class Answers implements Inference {
        private static final int MOST_UNDERWAY = 1000;

        @Override
        public boolean ask(Question question) {
            boolean taken = !turn.unasked.contains(asks++);
            if (taken && responder.isPresent()) {
                Question copy = new Question();
                copy.copyFrom(question);
                questions.put(question.serial, copy);
                questions.remove(question.serial - MOST_UNDERWAY);
            }
            return taken;
        }

        @Override
        public boolean poll(Answer into) {
            Answer recorded = turn.answers.poll();
            if (recorded == null) {
                return false;
            }
            answers++;
            into.copyFrom(recorded);
            Question question = questions.remove(recorded.serial);
            if (question != null) {
                responder.orElseThrow().respond(question, into);
                answersEqual += alike(recorded, into) ? 1 : 0;
            }
            return true;
        }

        private static boolean alike(Answer a, Answer b) {
            return a.step == Question.NO_STEP
                    ? Arrays.equals(a.groove.hits, b.groove.hits) && Arrays.equals(a.groove.offsets, b.groove.offsets)
                            && Arrays.equals(a.groove.velocities, b.groove.velocities)
                    : Arrays.equals(a.columns, b.columns);
        }
    }

    /** Takes and refuses what the session's port did. */
    private final class Port implements MidiOutput {
        private final int number;
        private final long leadNanos;

        Port(int number, long leadNanos) {
            this.number = number;
            this.leadNanos = leadNanos;
        }

        @Override
        public boolean send(int message, long atNanos) {
            boolean taken = !turn.refused.contains(sends++);
            if (taken) {
                listener.sent(number, message, atNanos);
            }
            return taken;
        }

        @Override
        public boolean sendNow(int message, long atNanos) {
            return true;
        }

        @Override
        public void measureNow(LongConsumer nanos) {
            // Nothing takes any time here.
        }

        @Override
        public long leadNanos() {
            return turn.leads.getOrDefault(number, leadNanos);
        }

        @Override
        public void silence() {
            // What was handed over was told when it was.
        }
    }
}
