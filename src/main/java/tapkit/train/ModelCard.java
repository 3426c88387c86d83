package tapkit.train;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tapkit.evaluate.Tap2DrumMetrics;
import tapkit.model.LstmConfig;

/** What is to be known about a trained model, for people and as metadata of its file. */
record ModelCard(TapRecipe recipe, LstmConfig config, long seed, String command, int epochs, int best, long weights) {
    static final String DATA = "Groove MIDI Dataset 1.0.0, train split, takes in 4/4";
    static final String LICENCE = "CC BY 4.0";
    static final String CITATION = """
            Jon Gillick, Adam Roberts, Jesse Engel, Douglas Eck, and David Bamman: Learning to Groove with Inverse Sequence \
            Transformations. International Conference on Machine Learning (ICML), 2019.""";

    /** @param results validation by condition */
    Map<String, String> metadata(Map<String, Tap2DrumMetrics> results) {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("task", "tap2drum");
        metadata.put("data", DATA);
        metadata.put("data.licence", LICENCE);
        metadata.put("data.citation", CITATION);
        metadata.put("seed", Long.toString(seed));
        metadata.put("epochs", Integer.toString(epochs));
        metadata.put("epoch", Integer.toString(best));
        metadata.put("command", command);
        metadata.put("recipe", recipe.toString());
        results.forEach((condition, result) -> metadata.put("validation: " + condition,
                String.format(Locale.ROOT, "F1 %.4f, macro F1 %.4f", result.onset().f1(), result.macroF1())));
        return metadata;
    }

    String markdown(Map<String, Tap2DrumMetrics> results) {
        StringBuilder rows = new StringBuilder();
        results.forEach((condition, m) -> rows.append(String.format(Locale.ROOT,
                "| %s | %.3f | %.3f | %.1f (%.1f) | %.2f | %.3f | %.3f |\n", condition, m.onset().f1(), m.macroF1(),
                m.densityMean().answer(), m.densityMean().truth(), m.matched().offsetMaeMs(), m.matched().velocityMae(),
                m.voicePosJs())));
        return """
                # tap2drum: taps on one pad to a whole kit

                Input: two bars of taps (when, how far off the grid, and how hard if the pad says so). Output: for each sixteenth and
                each of nine voices the probability of a hit, its velocity and its microtiming. Tap2Drum of the paper below.

                - **Architecture**: %d features of each step, %d bidirectional LSTM layers of %d cells each way, three dense heads;
                  %d weights, fp32.
                - **Data**: %s, %s. %s
                - **Training**: `%s`; seed %d, %d epochs of as many draws as windows; these are
                  the averaged weights after epoch %d, the best on the validation split.
                  Recipe: `%s`.
                - **Thresholds** were chosen on the validation split (cut windows, collapsed taps), one set for taps without
                  velocity and one for taps with it.
                - **Limits**: ten drummers, mostly one of them, on one electronic kit, in 4/4. Rare voices (toms, crash) are often
                  missed.

                ## Validation

                As `tapkit evaluate tap2drum` prints it. *Cut* and *aligned* are the two ways of taking windows; *velocity*: the taps'
                velocities are given; *hands*: the taps are disturbed as real hands do (timing is then measured against the
                drummer, not against the hands).

                | condition | F1 | macro F1 | hits per bar (truth) | timing MAE ms | velocity MAE | voice x position JS |
                |---|---|---|---|---|---|---|
                %s"""
                .formatted(config.inputs(), config.layers(), config.hidden(), weights, DATA, LICENCE, CITATION, command, seed,
                        epochs, best, recipe, rows);
    }
}
