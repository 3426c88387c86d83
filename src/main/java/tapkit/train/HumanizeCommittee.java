package tapkit.train;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tapkit.OutputFile;
import tapkit.data.GrooveDataset;
import tapkit.data.Quantizer;
import tapkit.data.Split;
import tapkit.data.Take;
import tapkit.grid.Piece;
import tapkit.model.Calibration;
import tapkit.model.GrooveMemory;
import tapkit.model.HumanizeModel;
import tapkit.model.LstmConfig;
import tapkit.model.LstmWeights;

/**
 * Training of the model that {@code tapkit humanize} plays scores with: its networks, then what is to be remembered and the
 * calibration of all together.
 */
public final class HumanizeCommittee implements Training {
    /** What the paper's table asks of one model at once, with a little to spare. */
    private static final HumanizeRecipe.Calibration LIMITS = new HumanizeRecipe.Calibration(0.2375, 0.06);

    /** Bars that the committee hears before and after the two that it plays: more than its members were chosen by, which helps. */
    private static final int CONTEXT = 7;

    private final GrooveDataset dataset;
    private final List<HumanizeRecipe> recipes;
    private final long seed;

    /** A committee with a member for each recipe. */
    public HumanizeCommittee(GrooveDataset dataset, List<HumanizeRecipe> recipes, long seed) {
        this.dataset = dataset;
        this.recipes = List.copyOf(recipes);
        this.seed = seed;
    }

    @Override
    public Path train(Path out, PrintWriter log, boolean resume, String command) {
        Committee.Member<HumanizeRecipe> member = (recipe, number) -> new HumanizeTraining(dataset, recipe, number);
        List<LstmWeights> members = new ArrayList<>();
        HumanizeModel last = null;
        for (Path file : Committee.train(recipes, member, seed, out, log, resume, command)) {
            last = HumanizeModel.load(file.toString());
            members.addAll(last.members());
        }
        List<Take> takes = dataset.takes(Split.TRAIN);
        List<Piece> pieces = takes.stream().map(take -> Quantizer.piece(take.score())).toList();
        GrooveMemory memory = GrooveMemory.of(pieces, takes.stream().map(take -> Quantizer.bars(take.score())).toList());
        return export(last.with(members, Optional.of(memory), Calibration.NONE, Map.of()).withContext(CONTEXT), out, command);
    }

    private Path export(HumanizeModel model, Path out, String command) {
        Path file = out.resolve(HumanizeModel.SHIPPED + ".safetensors");
        HumanizeModel untuned = Committee.asShipped(out, model::save, HumanizeModel::load);
        HumanizeTuning tuning = new HumanizeTuning(new HumanizeReadings(dataset.takes(Split.VALIDATION)).of(untuned));
        Calibration calibration = tuning.search(LIMITS);
        Map<String, String> card = new TreeMap<>(new Provenance(HumanizeModel.SHIPPED, recipes.toString(), seed, command,
                recipes.getFirst().optimiser().epochs(), recipes.getFirst().optimiser().epochs()).metadata());
        card.put("validation: cut", tuning.figures(calibration, false).toString());
        card.put("validation: cut, temperature 0", tuning.figures(calibration, true).toString());
        model.with(model.members(), model.memory(), calibration, card).save(file);
        OutputFile.write(out.resolve(HumanizeModel.SHIPPED + ".md"),
                markdown(model, command, calibration, tuning).getBytes(StandardCharsets.UTF_8));
        return file;
    }

    private String markdown(HumanizeModel model, String command, Calibration calibration, HumanizeTuning tuning) {
        LstmConfig config = model.members().getFirst().config();
        return """
                # humanize: a score to a performance

                Input: a score (which of nine voices sounds at which sixteenth, and the tempo). Output: for each hit its velocity and
                its microtiming. Humanization of the paper below.

                - **Architecture**: a committee of %d networks of different seeds, each with %d features of each step, %d bidirectional
                  LSTM layers of %d cells each way, heads for velocity and for %d bins of microtiming; %d weights each, fp16 on disk.
                  They hear %d bars before and after the two that they play. Beside them a memory: a kernel regression over all
                  training windows, with a weight of a quarter.
                - **Data**: %s, %s. %s
                - **Training**: `%s`; seed %d, %d epochs of %d batches for each network; averaged weights of the best epoch on the
                  validation split. Recipes: `%s`.
                - **Calibration**, found on the validation split: offsets are stretched about their mean by %s for the four steps of
                  a beat (by %s for the least error, temperature 0), velocities by %s.
                - **Limits**: ten drummers, mostly one of them, on one electronic kit, in 4/4.

                ## Validation

                Cut windows, as the paper's; what `tapkit evaluate humanize` prints.

                | temperature | MAE ms | MSE | timing KL | velocity KL | velocity MAE |
                |---|---|---|---|---|---|
                %s%s"""
                .formatted(model.members().size(), config.inputs(), config.layers(), config.hidden(),
                        model.bins().count(), config.weights(), model.context(), ModelCard.DATA, ModelCard.LICENCE,
                        ModelCard.CITATION,
                        command, seed, recipes.getFirst().optimiser().epochs(), recipes.getFirst().batches(), recipes,
                        rounded(calibration.timingSpread()), rounded(calibration.timingExact()),
                        rounded(calibration.velocitySpread().subList(0, 1)),
                        row("1 (default)", tuning.figures(calibration, false)),
                        row("0", tuning.figures(calibration, true)));
    }

    private static String rounded(List<Double> numbers) {
        return String.join(", ", numbers.stream().map(number -> String.format(Locale.ROOT, "%.2f", number)).toList());
    }

    private static String row(String name, Map<String, Double> figures) {
        Object[] values = figures.values().toArray();
        return "| " + name + " | "
                + String.format(Locale.ROOT, "%.2f | %.4f | %.3f | %.3f | %.4f |%n", Arrays.copyOf(values, 5));
    }
}
