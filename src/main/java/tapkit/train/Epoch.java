package tapkit.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tapkit.render.CurveFigure;

/** One line of a training's history: mean loss, speed, and validation in one or more conditions. */
public record Epoch(int number, double loss, double seconds, double samplesPerSecond, List<Score> scores) {
    public Epoch {
        scores = List.copyOf(scores);
    }

    /**
     * Validation in one condition.
     *
     * @param condition in words
     * @param merit     what early stopping goes by, summed over conditions: more is better
     * @param figures   what is printed, by name
     */
    public record Score(String condition, double merit, Map<String, Double> figures) {
        public Score {
            figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        }
    }

    /** What early stopping goes by. */
    double merit() {
        return scores.stream().mapToDouble(Score::merit).sum();
    }

    /** The best of a history that isn't empty, the first of equals. */
    static Epoch best(List<Epoch> history) {
        return history.stream().reduce((a, b) -> b.merit() > a.merit() ? b : a).orElseThrow();
    }

    String csvHeader() {
        return "epoch,loss,seconds,samples_per_second" + scores.stream()
                .flatMap(s -> s.figures.keySet().stream().map(name -> "," + name + " (" + s.condition + ")"))
                .collect(Collectors.joining());
    }

    String csv() {
        return String.format(Locale.ROOT, "%d,%.5f,%.1f,%.0f", number, loss, seconds, samplesPerSecond)
                + scores.stream().flatMap(s -> s.figures.values().stream())
                        .map(value -> String.format(Locale.ROOT, ",%.5f", value)).collect(Collectors.joining());
    }

    /** The history as pictures: the loss, and each figure of validation with a curve for each condition. */
    static List<CurveFigure.Panel> panels(List<Epoch> history) {
        List<CurveFigure.Panel> panels = new ArrayList<>();
        panels.add(new CurveFigure.Panel("training loss",
                List.of(new CurveFigure.Curve("", history.stream().map(Epoch::loss).toList()))));
        Map<String, List<CurveFigure.Curve>> curves = new LinkedHashMap<>();
        for (int i = 0; i < history.getFirst().scores.size(); i++) {
            int condition = i;
            Score score = history.getFirst().scores.get(i);
            score.figures.keySet().forEach(figure -> curves.computeIfAbsent(figure, name -> new ArrayList<>())
                    .add(new CurveFigure.Curve(score.condition, history.stream()
                            .map(epoch -> epoch.scores.get(condition).figures.get(figure)).toList())));
        }
        curves.forEach((figure, all) -> panels.add(new CurveFigure.Panel("validation: " + figure, all)));
        return panels;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "epoch %d: loss %.4f, %.0f samples/s; validation ", number, loss, samplesPerSecond)
                + scores.stream().map(Epoch::described).collect(Collectors.joining("; "));
    }

    private static String described(Score score) {
        return score.figures.entrySet().stream()
                .map(figure -> String.format(Locale.ROOT, "%s %.4f", figure.getKey(), figure.getValue()))
                .collect(Collectors.joining(", ", score.condition + ": ", ""));
    }
}
