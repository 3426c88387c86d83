package tapkit.train;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tapkit.OutputFile;
import tapkit.UserError;
import tapkit.data.GrooveDataset;
import tapkit.data.Split;
import tapkit.data.Take;
import tapkit.data.Window;
import tapkit.data.Windowing;
import tapkit.evaluate.Drummer;
import tapkit.evaluate.ModelDrummer;
import tapkit.evaluate.Tap2DrumEvaluation;
import tapkit.evaluate.Tap2DrumMetrics;
import tapkit.evaluate.TapCalibration;
import tapkit.evaluate.TapInput;
import tapkit.model.InferenceEngine;
import tapkit.model.Models;
import tapkit.model.TapModel;
import tapkit.model.TrainedModel;
import tapkit.model.VoiceRule;

/** The last step of training, which can be done again by itself: how a Tap2Drum model is decoded, and its card. */
public final class TapCalibrator {
    /** What {@code tapkit evaluate} takes without {@code --seed}. */
    static final long EVALUATION_SEED = 1;

    private final List<Take> training;
    private final List<Take> validation;

    public TapCalibrator(GrooveDataset dataset) {
        training = dataset.takes(Split.TRAIN);
        validation = dataset.takes(Split.VALIDATION);
        if (Window.of(validation, Windowing.CUT).isEmpty()) {
            throw new UserError("the dataset has no validation window to choose thresholds on; get all of it");
        }
    }

    /**
     * Writes the model with the same weights and rules chosen anew, as {@code NAME.safetensors}, and its card beside.
     *
     * @param out an existing folder; may be the model's own
     * @return the model's file
     */
    public Path run(TrainedModel model, Path out) {
        ModelCard card = ModelCard.of(model.card());
        Path file = out.resolve(model.name() + ".safetensors");
        List<VoiceRule> withheld = rules(model, false);
        List<VoiceRule> known = rules(model, true);
        Models.rewrite(model, file, withheld, known, card.metadata(Map.of()));
        TrainedModel decided = Models.load(file);
        Map<String, Tap2DrumMetrics> results = evaluate(decided);
        Models.rewrite(decided, file, withheld, known, card.metadata(results));
        OutputFile.write(out.resolve(model.name() + ".md"),
                card.markdown(model.weights().config(), results).getBytes(StandardCharsets.UTF_8));
        return file;
    }

    private List<VoiceRule> rules(TrainedModel model, boolean velocity) {
        try (TapModel network = model.open(InferenceEngine.VECTOR)) {
            TapInput input = new TapInput(velocity, false, EVALUATION_SEED);
            return new TapCalibration(network, Window.of(validation, Windowing.CUT), input)
                    .rules(Window.of(training, Windowing.CUT));
        }
    }

    /** What {@code tapkit evaluate} says in every condition. */
    private Map<String, Tap2DrumMetrics> evaluate(TrainedModel model) {
        Map<String, Tap2DrumMetrics> results = new LinkedHashMap<>();
        Drummer drummer = new ModelDrummer(model.open(InferenceEngine.VECTOR), model.decoder(), 0);
        for (boolean hands : new boolean[]{false, true}) {
            for (boolean velocity : new boolean[]{false, true}) {
                for (Windowing windowing : Windowing.values()) {
                    TapInput input = new TapInput(velocity, hands, EVALUATION_SEED);
                    results.put(windowing + (velocity ? ", velocity" : "") + (hands ? ", hands" : ""),
                            new Tap2DrumEvaluation(Window.of(validation, windowing), input, drummer, EVALUATION_SEED)
                                    .metrics(Window.of(training, windowing)));
                }
            }
        }
        return results;
    }
}
