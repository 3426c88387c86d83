package tapkit.train;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One line of a training's history: mean loss, speed, and validation in one or more conditions. */
public record Epoch(int number, double loss, double seconds, double samplesPerSecond, List<Score> scores) {
    public Epoch {
        scores = List.copyOf(scores);
    }

    /**
     * Validation in one condition, at the best thresholds for it.
     *
     * @param condition in words
     * @param entropy   cross entropy of hits, summed over voices, mean over steps
     * @param f1        over note cells
     * @param macro     mean F1 over voices
     */
    public record Score(String condition, double entropy, double f1, double macro) {
    }

    /** What early stopping goes by: all conditions, all notes and rare voices. */
    double score() {
        return scores.stream().mapToDouble(s -> s.f1 + Validation.MACRO_WEIGHT * s.macro).sum();
    }

    /** The best of a history that isn't empty, the first of equals. */
    static Epoch best(List<Epoch> history) {
        return history.stream().reduce((a, b) -> b.score() > a.score() ? b : a).orElseThrow();
    }

    String csvHeader() {
        return "epoch,loss,seconds,samples_per_second" + scores.stream()
                .map(s -> String.format(",entropy (%1$s),F1 (%1$s),macro F1 (%1$s)", s.condition))
                .collect(Collectors.joining());
    }

    String csv() {
        return String.format(Locale.ROOT, "%d,%.5f,%.1f,%.0f", number, loss, seconds, samplesPerSecond) + scores.stream()
                .map(s -> String.format(Locale.ROOT, ",%.5f,%.5f,%.5f", s.entropy, s.f1, s.macro))
                .collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "epoch %d: loss %.4f, %.0f samples/s; validation ", number, loss, samplesPerSecond)
                + scores.stream().map(s -> String.format(Locale.ROOT, "%s: F1 %.4f, macro %.4f", s.condition, s.f1, s.macro))
                        .collect(Collectors.joining("; "));
    }
}
