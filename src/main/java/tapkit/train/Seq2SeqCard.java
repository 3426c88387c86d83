package tapkit.train;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tapkit.model.Seq2SeqTask;

/** What is to be known about one of the paper's LSTM models, for people and as metadata of its file. */
record Seq2SeqCard(String name, Seq2SeqRecipe recipe, long seed, String command, List<Epoch> history) {
    Map<String, String> metadata() {
        Epoch best = Epoch.best(history);
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("data", ModelCard.DATA);
        metadata.put("data.licence", ModelCard.LICENCE);
        metadata.put("data.citation", ModelCard.CITATION);
        metadata.put("seed", Long.toString(seed));
        metadata.put("epochs", Integer.toString(history.size()));
        metadata.put("epoch", Integer.toString(best.number()));
        metadata.put("command", command);
        metadata.put("recipe", recipe.toString());
        for (Epoch.Score score : best.scores()) {
            metadata.put("validation: " + score.condition(), score.figures().entrySet().stream()
                    .map(figure -> String.format(Locale.ROOT, "%s %.4f", figure.getKey(), figure.getValue()))
                    .collect(Collectors.joining(", ")));
        }
        return metadata;
    }

    String markdown(long weights) {
        Epoch best = Epoch.best(history);
        StringBuilder epochs = new StringBuilder();
        for (Epoch epoch : history) {
            epochs.append(String.format(Locale.ROOT, "| %d | %.3f |", epoch.number(), epoch.loss()));
            epoch.scores().forEach(score -> score.figures().values()
                    .forEach(value -> epochs.append(String.format(Locale.ROOT, " %.4f |", value))));
            epochs.append('\n');
        }
        List<String> figures = best.scores().stream().flatMap(score -> score.figures().keySet().stream()
                .map(figure -> best.scores().size() == 1 ? figure : score.condition() + ": " + figure)).toList();
        return """
                # %s: %s

                The paper's LSTM: a bidirectional encoder of %d cells each way, an embedding of %d numbers%s, a decoder of %d layers of
                %d cells; %d weights, in int8 on disk. %s

                - **Data**: %s, %s. %s
                - **Training**: `%s`; seed %d, %d epochs of as many draws as windows; these are the averaged weights after epoch %d, the
                  best on the validation split. Recipe: `%s`.

                ## Validation by epoch

                Cut windows, the network writing by itself.

                | epoch | loss | %s |
                |---|---|%s
                %s"""
                .formatted(name, purpose(), recipe.config().encoder(), recipe.config().latent(),
                        recipe.config().variational() ? " with a variational bottleneck" : "", recipe.config().layers(),
                        recipe.config().decoder(), weights, told(), ModelCard.DATA, ModelCard.LICENCE, ModelCard.CITATION,
                        command, seed,
                        history.size(), best.number(), recipe, String.join(" | ", figures), "---|".repeat(figures.size()),
                        epochs);
    }

    private String purpose() {
        return switch (recipe.config().task()) {
            case TAP2DRUM -> "taps to drums";
            case HUMANIZE -> "a score to its performance";
            case INFILL -> "the closed hi-hat to all other voices";
            case TRANSFER -> "the feel of one performance on the score of another";
            case SAMPLE -> "new grooves, and those between two";
        };
    }

    private String told() {
        Seq2SeqTask task = recipe.config().task();
        return "The decoder is told " + (task.tellsPerformance() ? "the step before" : "the hits of the step before")
                + (task.controlled() ? " and of the step that it writes." : ".");
    }
}
