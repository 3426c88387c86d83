package tapkit.train;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tapkit.evaluate.Tap2DrumMetrics;
import tapkit.model.LstmConfig;

/** What is to be known about a trained model, for people and as metadata of its file. */
record ModelCard(String recipe, String seed, String command, String epochs, Optional<String> best) {
    static final String DATA = "Groove MIDI Dataset 1.0.0, train split, takes in 4/4";
    static final String LICENCE = "CC BY 4.0";
    static final String CITATION = """
            Jon Gillick, Adam Roberts, Jesse Engel, Douglas Eck, and David Bamman: Learning to Groove with Inverse Sequence \
            Transformations. International Conference on Machine Learning (ICML), 2019.""";

    /** Reads back what {@link #metadata} wrote. */
    static ModelCard of(Map<String, String> metadata) {
        return new ModelCard(metadata.get("recipe"), metadata.get("seed"), metadata.get("command"), metadata.get("epochs"),
                Optional.ofNullable(metadata.get("epoch")));
    }

    /** @param results validation by condition */
    Map<String, String> metadata(Map<String, Tap2DrumMetrics> results) {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("task", "tap2drum");
        metadata.put("data", DATA);
        metadata.put("data.licence", LICENCE);
        metadata.put("data.citation", CITATION);
        metadata.put("seed", seed);
        metadata.put("epochs", epochs);
        best.ifPresent(epoch -> metadata.put("epoch", epoch));
        metadata.put("command", command);
        metadata.put("recipe", recipe);
        results.forEach((condition, result) -> metadata.put("validation: " + condition,
                String.format(Locale.ROOT, "F1 %.4f, macro F1 %.4f", result.onset().f1(), result.macroF1())));
        return metadata;
    }

    String markdown(LstmConfig config, Map<String, Tap2DrumMetrics> results) {
        StringBuilder rows = new StringBuilder();
        results.forEach((condition, m) -> rows.append(String.format(Locale.ROOT,
                "| %s | %.3f | %.3f | %.1f (%.1f) | %.2f | %.2f | %.3f | %.3f | %.2f | %.4f |\n", condition, m.onset().f1(),
                m.macroF1(), m.densityMean().answer(), m.densityMean().truth(), m.densityW1(), m.matched().offsetMaeMs(),
                m.matched().velocityMae(), m.voicePosJs(), m.distribution().velocityKl(), m.novelty().copies())));
        return """
                # tap2drum: taps on one pad to a whole kit

                Input: two bars of taps (when, how far off the grid, and how hard if the pad says so). Output: for each sixteenth and
                each of nine voices the probability of a hit, its velocity and its microtiming. Tap2Drum of the paper below.

                - **Architecture**: %d features of each step, %d bidirectional LSTM layers of %d cells each way, three dense heads;
                  %d weights, fp32.
                - **Data**: %s, %s. %s
                - **Training**: `%s`; seed %s, %s epochs of as many draws as windows; these are
                  the averaged weights%s, the best on the validation split.
                  Recipe: `%s`.
                - **Decoding**: thresholds and the spread of velocities were chosen on the validation split (cut windows,
                  collapsed taps), one set for taps without velocity and one for taps with it (`tapkit calibrate`).
                - **Limits**: ten drummers, mostly one of them, on one electronic kit, in 4/4. Rare voices (toms, crash) are often
                  missed.

                ## Validation

                As `tapkit evaluate tap2drum` prints it. *Cut* and *aligned* are the two ways of taking windows; *velocity*: the taps'
                velocities are given; *hands*: the taps are disturbed as real hands do (timing is then measured against the
                drummer, not against the hands).

                | condition | F1 | macro F1 | hits per bar (truth) | W1 | timing MAE ms | velocity MAE | voice x position JS \
                | velocity KL | copies |
                |---|---|---|---|---|---|---|---|---|---|
                %s"""
                .formatted(config.inputs(), config.layers(), config.hidden(), weights(config), DATA, LICENCE, CITATION, command,
                        seed, epochs, best.map(epoch -> " after epoch " + epoch).orElse(""), recipe, rows);
    }

    private static long weights(LstmConfig config) {
        return config.shapes().values().stream()
                .mapToLong(shape -> shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact)).sum();
    }
}
