package tapkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tapkit.UserError;
import tapkit.grid.Grid;
import tapkit.grid.Groove;
import tapkit.grid.TapWindow;

final class ModelsTest {
    private static final LstmConfig CONFIG = LstmTapModel.config(1, 4);

    @TempDir
    private Path home;
    private String before;

    @BeforeEach
    void liveHere() {
        before = System.getProperty("tapkit.home");
        System.setProperty("tapkit.home", home.toString());
    }

    @AfterEach
    void moveBack() {
        if (before == null) {
            System.clearProperty("tapkit.home");
        } else {
            System.setProperty("tapkit.home", before);
        }
    }

    @Test
    void shouldTakeThresholdsAwayByName() {
        Path file = home.resolve("models/mine.safetensors");
        float[] thresholds = new float[Grid.VOICES];
        Arrays.fill(thresholds, 0.9f);
        Models.save(file, CONFIG, RandomModels.tensors(CONFIG, 9), thresholds, thresholds, Map.of());
        Prediction half = new Prediction();
        Arrays.fill(half.probabilities, 0.51f);
        for (String name : List.of("mine", file.toString())) {
            TrainedModel argmax = Models.load(name + Models.ARGMAX);
            assertThat(argmax.name()).isEqualTo("mine:argmax");
            assertThat(Models.file(name + Models.ARGMAX)).isEqualTo(Models.file(name));
            Groove out = new Groove();
            argmax.decoder().decode(new TapWindow(), half, 0, 1, out);
            assertThat(out.hitCount()).isEqualTo(Grid.CELLS);
            Models.load(name).decoder().decode(new TapWindow(), half, 0, 1, out);
            assertThat(out.hitCount()).isZero();
        }
    }

    @Test
    void shouldFindAModelByNameAndByPath() {
        RandomModels.save(home.resolve("models/mine.safetensors"), 1, 4, 9);
        TrainedModel byName = Models.load("mine");
        assertThat(byName.name()).isEqualTo("mine");
        assertThat(byName.card()).containsEntry("seed", "9");
        assertThat(byName.weights().config()).isEqualTo(CONFIG);
        TrainedModel byPath = Models.load(home.resolve("models/mine.safetensors").toString());
        assertThat(byPath.name()).isEqualTo("mine");
    }

    @Test
    void shouldSayWhichModelsThereAre() {
        assertFault("none", "there is none in", "tapkit train");
        RandomModels.save(home.resolve("models/first.safetensors"), 1, 4, 1);
        RandomModels.save(home.resolve("models/second.safetensors"), 1, 4, 1);
        assertFault("third", "No model is called third", "first, second");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"architecture|transformer|needs bilstm", "features|taps-0|needs taps-", "layers|two|no sizes",
                    "layers|0|no sizes", "layers|2|tensor layers.1.forward.W is missing", "hidden|5|expected [20, 62]",
                    "hidden|-4|no sizes",
                    "thresholds|0.5,0.5|expected 9 numbers", "thresholds.velocity|a,b,c|expected 9 numbers",
                    "thresholds|.5,.5,.5,.5,.5,.5,.5,.5,1|between 0 and 1", "shifts|0,0|expected 9 numbers",
                    "gains.velocity|1,1,1,1,0,1,1,1,1|rise"})
    void shouldRefuseAModelThatSaysOtherThings(String key, String value, String message) {
        Path file = home.resolve("models/wrong.safetensors");
        RandomModels.save(file, 1, 4, 1);
        Map<String, String> metadata = new TreeMap<>(Safetensors.open(file).metadata());
        metadata.put(key, value);
        SafetensorsWriter.write(file, RandomModels.tensors(CONFIG, 1), metadata);
        assertFault("wrong", "wrong.safetensors", message, "train");
        metadata.remove(key);
        if (key.startsWith("gains")) {
            return; // the first models have none
        }
        SafetensorsWriter.write(file, RandomModels.tensors(CONFIG, 1), metadata);
        assertFault("wrong", "no metadata '" + key + "'");
    }

    @Test
    void shouldLoadTheFirstModelsThatDoNotSpreadVelocities() {
        Path file = home.resolve("models/first.safetensors");
        RandomModels.save(file, 1, 4, 1);
        Map<String, String> metadata = new TreeMap<>(Safetensors.open(file).metadata());
        metadata.keySet().removeIf(key -> key.startsWith("gains") || key.startsWith("shifts"));
        SafetensorsWriter.write(file, RandomModels.tensors(CONFIG, 1), metadata);
        Prediction prediction = new Prediction();
        prediction.probabilities[0] = 0.9f;
        prediction.velocities[0] = 0.3f;
        Groove out = new Groove();
        Models.load(file).decoder().decode(new TapWindow(), prediction, 0, 1, out);
        assertThat(out.velocities[0]).isEqualTo(0.3f);
    }

    @Test
    void shouldRewriteRulesAndCardButNoWeights() {
        Path file = home.resolve("models/first.safetensors");
        RandomModels.save(file, 1, 4, 1);
        List<VoiceRule> rules = Collections.nCopies(Grid.VOICES, new VoiceRule(0.25f, 2, -0.5f));
        Path other = home.resolve("models/other.safetensors");
        Models.rewrite(Models.load(file), other, rules, rules, Map.of("seed", "7"));
        assertThat(Safetensors.open(other).metadata()).containsEntry("seed", "7").containsEntry("hidden", "4")
                .containsEntry(Safetensors.SHA256, Safetensors.open(file).metadata(Safetensors.SHA256));
        Prediction prediction = new Prediction();
        prediction.probabilities[0] = 0.3f;
        prediction.velocities[0] = 0.5f;
        Groove out = new Groove();
        Models.load(other).decoder().decode(new TapWindow(), prediction, 0, 1, out);
        assertThat(out.velocities[0]).isEqualTo(0.5f);
        assertThat(out.hitCount()).isEqualTo(1);
    }

    @Test
    void shouldRefuseAModelWithATensorMissingOrOfAnotherShape() {
        Path file = home.resolve("models/wrong.safetensors");
        RandomModels.save(file, 1, 4, 1);
        Map<String, String> metadata = Safetensors.open(file).metadata();
        for (Tensor gone : RandomModels.tensors(CONFIG, 1)) {
            List<Tensor> others = new ArrayList<>(RandomModels.tensors(CONFIG, 1));
            others.removeIf(tensor -> tensor.name().equals(gone.name()));
            SafetensorsWriter.write(file, others, metadata);
            assertFault("wrong", "tensor " + gone.name() + " is missing");
            others.add(Tensor.of(gone.name(), new float[3], 3, 1));
            SafetensorsWriter.write(file, others, metadata);
            assertFault("wrong", "tensor " + gone.name() + " has shape [3, 1]", "expected " + gone.shape());
        }
    }

    private static void assertFault(String name, String... parts) {
        assertThatThrownBy(() -> Models.load(name)).isInstanceOf(UserError.class).hasMessageContainingAll(parts);
    }
}
