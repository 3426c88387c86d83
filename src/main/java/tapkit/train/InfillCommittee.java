package tapkit.train;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import tapkit.OutputFile;
import tapkit.data.GrooveDataset;
import tapkit.data.Split;
import tapkit.grid.Voice;
import tapkit.model.InfillDecoding;
import tapkit.model.InfillDecoding.Stretch;
import tapkit.model.InfillModel;
import tapkit.model.LstmConfig;
import tapkit.model.LstmWeights;
import tapkit.train.InfillTuning.Found;
import tapkit.train.InfillTuning.Spread;

/** Training of the model that {@code tapkit infill} fills voices in with: its networks, then the decoding of all together. */
public final class InfillCommittee implements Training {
    /** Bars that the committee hears before and after the two that it fills: more than its members were chosen by, which helps. */
    private static final int CONTEXT = 2;

    private final GrooveDataset dataset;
    private final List<InfillRecipe> recipes;
    private final long seed;

    /** A committee with a member for each recipe. */
    public InfillCommittee(GrooveDataset dataset, List<InfillRecipe> recipes, long seed) {
        this.dataset = dataset;
        this.recipes = List.copyOf(recipes);
        this.seed = seed;
    }

    @Override
    public Path train(Path out, PrintWriter log, boolean resume, String command) {
        Committee.Member<InfillRecipe> member = (recipe, number) -> new InfillTraining(dataset, recipe, number);
        List<LstmWeights> members = new ArrayList<>();
        InfillModel last = null;
        for (Path file : Committee.train(recipes, member, seed, out, log, resume, command)) {
            last = InfillModel.load(file.toString());
            members.addAll(last.members());
        }
        return export(last.with(members, CONTEXT), out, log, command);
    }

    private Path export(InfillModel model, Path out, PrintWriter log, String command) {
        Path file = out.resolve(InfillModel.SHIPPED + ".safetensors");
        InfillModel untuned = Committee.asShipped(out, model::save, InfillModel::load);
        InfillTuning tuning = new InfillTuning(dataset.takes(Split.VALIDATION), recipes.getFirst().hitsLimit(),
                recipes.getFirst().calibration());
        Map<Voice, Found> found = new EnumMap<>(Voice.class);
        for (Voice voice : Voice.values()) {
            log.println("thresholds, " + voice.label());
            log.flush();
            found.put(voice, tuning.alone(untuned, voice));
        }
        Provenance provenance = new Provenance(InfillModel.SHIPPED, recipes.toString(), seed, command,
                recipes.getFirst().optimiser().epochs(), recipes.getFirst().optimiser().epochs());
        Map<String, String> card = new TreeMap<>(provenance.metadata());
        found.forEach((voice, best) -> card.put("validation: " + voice.label() + ", cut", String.format(Locale.ROOT,
                "F1 %.4f, hits %.3f of the drummers', velocity KL %.3f, timing KL %.3f", best.f1(), best.hits(),
                best.velocity().divergence(), best.timing().divergence())));
        model.with(decoding(untuned, tuning, found, log), card).save(file);
        OutputFile.write(out.resolve(InfillModel.SHIPPED + ".md"),
                markdown(model, command, found).getBytes(StandardCharsets.UTF_8));
        return file;
    }

    private static InfillDecoding decoding(InfillModel model, InfillTuning tuning, Map<Voice, Found> alone, PrintWriter log) {
        List<double[]> byCompany = new ArrayList<>();
        byCompany.add(alone.values().stream().mapToDouble(Found::threshold).toArray());
        for (int size : InfillDecoding.COMPANIES.subList(1, InfillDecoding.COMPANIES.size())) {
            log.println("thresholds, " + size + " voices missing");
            log.flush();
            byCompany.add(tuning.thresholds(model, size));
        }
        List<Double> thresholds = new ArrayList<>();
        for (Voice voice : Voice.values()) {
            byCompany.forEach(company -> thresholds.add(company[voice.ordinal()]));
        }
        return new InfillDecoding(thresholds, stretch(alone, Found::velocity), stretch(alone, Found::timing),
                alone.values().stream().map(Found::velocityError).toList());
    }

    private static Stretch stretch(Map<Voice, Found> found, Function<Found, Spread> which) {
        return new Stretch(all(found, which, Spread::from), all(found, which, Spread::to), all(found, which, Spread::factor));
    }

    private static List<Double> all(Map<Voice, Found> found, Function<Found, Spread> which,
            Function<Spread, List<Double>> part) {
        return found.values().stream().flatMap(one -> part.apply(which.apply(one)).stream()).toList();
    }

    private String markdown(InfillModel model, String command, Map<Voice, Found> found) {
        StringBuilder rows = new StringBuilder();
        found.forEach((voice, best) -> rows.append(String.format(Locale.ROOT, "| %s | %.3f | %.3f | %.3f | %.3f |%n",
                voice.label(), best.f1(), best.hits(), best.timing().divergence(), best.velocity().divergence())));
        LstmConfig config = model.members().getFirst().config();
        return """
                # infill: the part of a missing voice

                Input: drums without one voice or several, and the tempo. Output: for each sixteenth and each missing voice the
                probability of a hit, its velocity and a distribution of its microtiming. Infilling of the paper below, for any voice.

                - **Architecture**: a committee of %d networks of different seeds, each with %d features of each step, %d
                  bidirectional LSTM layers of %d cells each way, heads for hits, velocity and %d bins of microtiming; %d weights
                  each, fp16 on disk. They hear %d bars before and after the two that they fill.
                - **Data**: %s, %s. %s
                - **Training**: `%s`; seed %d, %d epochs of %d batches for each network; averaged weights of the best epoch on the
                  validation split. Recipes: `%s`.
                - **Decoding**: thresholds of each voice (alone, as one of three, with all voices missing) and the stretch of its
                  velocities and offsets for the four steps of a beat were found on the validation split.
                - **Limits**: ten drummers, mostly one of them, on one electronic kit, in 4/4. Several voices are filled in one after
                  the other.

                ## Validation

                Cut windows, one voice hidden; what `tapkit evaluate infill --voice NAME` prints.

                | voice | F1 | hits (of the drummers') | timing KL | velocity KL |
                |---|---|---|---|---|
                %s"""
                .formatted(model.members().size(), config.inputs(), config.layers(), config.hidden(), model.bins().count(),
                        config.weights(), model.context(), ModelCard.DATA, ModelCard.LICENCE, ModelCard.CITATION, command, seed,
                        recipes.getFirst().optimiser().epochs(), recipes.getFirst().batches(), recipes, rows);
    }
}
