package tapkit.listen;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import tapkit.UserError;
import tapkit.evaluate.EvaluationSet;

/** One listening test: its pairs, which of them is next, its answers. Thread safe. */
public final class Listening implements AutoCloseable {
    private final long seed;
    private final List<Pair> pairs;
    private final AnswerFile file;
    private final CountDownLatch end = new CountDownLatch(1);
    private int next;

    Listening(List<Pair> pairs, long seed, AnswerFile file) {
        this.pairs = List.copyOf(pairs);
        this.seed = seed;
        this.file = file;
        skipAnswered();
    }

    /**
     * Prepares a test, or goes on with one whose answers are in the file.
     *
     * @param count       pairs, all comparisons together
     * @param tapVelocity whether Tap2Drum may hear how hard the taps are
     */
    public static Listening prepare(EvaluationSet set, int count, boolean tapVelocity, long seed, Path answers) {
        AnswerFile file = AnswerFile.open(answers);
        try {
            return new Listening(new Pairs(set, tapVelocity).draw(comparisons(), count, seed), seed, file);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** What can be compared with the models that are there. */
    static List<Comparison> comparisons() {
        List<Comparison> possible = new ArrayList<>();
        for (Comparison comparison : Comparison.values()) {
            if (missing(comparison).isEmpty()) {
                possible.add(comparison);
            }
        }
        if (possible.isEmpty()) {
            throw new UserError("there is no model to listen to; tapkit train makes one");
        }
        return possible;
    }

    /** What cannot be compared, and which model would be needed; for people. */
    public static List<String> leftOut() {
        List<String> missing = new ArrayList<>();
        for (Comparison comparison : Comparison.values()) {
            missing(comparison).ifPresent(
                    model -> missing.add(comparison.label() + " is left out: there is no model " + model + " in models/"));
        }
        return missing;
    }

    private static Optional<String> missing(Comparison comparison) {
        return comparison.first().missing().or(comparison.second()::missing);
    }

    int total() {
        return pairs.size();
    }

    /** Index of the pair that is to be answered next; {@link #total()} at the end. */
    synchronized int next() {
        return next;
    }

    Pair pair(int index) {
        return pairs.get(index);
    }

    /** How many are answered already. */
    synchronized int answered() {
        return (int) pairs.stream().filter(this::isAnswered).count();
    }

    /**
     * Takes the answer to the pair that is next, and keeps it.
     *
     * @return false if another pair is next: this one was answered before
     */
    synchronized boolean answer(int index, Pair.Side choice) {
        if (index != next || next >= pairs.size()) {
            return false;
        }
        Pair pair = pairs.get(index);
        file.append(new Answer(Instant.now(), seed, pair.comparison().label(), pair.take(), pair.bar(),
                pair.player(Pair.Side.LEFT).label(), pair.player(Pair.Side.RIGHT).label(), pair.player(choice).label()));
        skipAnswered();
        return true;
    }

    /** The win rates of all answers in the file, those of other seeds too. */
    public synchronized String report() {
        return WinRates.table(file.answers());
    }

    /** Waits until all is answered. */
    public void awaitEnd() throws InterruptedException {
        end.await();
    }

    @Override
    public synchronized void close() {
        file.close();
    }

    private boolean isAnswered(Pair pair) {
        return file.answers().stream().anyMatch(answer -> answer.answers(pair, seed));
    }

    private void skipAnswered() {
        while (next < pairs.size() && isAnswered(pairs.get(next))) {
            next++;
        }
        if (next == pairs.size()) {
            end.countDown();
        }
    }
}
