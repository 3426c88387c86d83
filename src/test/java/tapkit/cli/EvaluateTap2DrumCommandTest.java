package tapkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.data.MidiFile;
import tapkit.data.ScoreBuilder;
import tapkit.grid.Groove;
import tapkit.model.RandomModels;

class EvaluateTap2DrumCommandTest {
    @TempDir
    Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void makeADataset() throws Exception {
        Files.writeString(data.resolve("info.csv"), """
                id,style,time_signature,midi_filename,split
                d/1,rock,4-4,1.mid,train
                d/2,rock,4-4,2.mid,validation
                """);
        for (String name : List.of("1.mid", "2.mid")) {
            ScoreBuilder score = ScoreBuilder.at(100);
            int drums = score.track("drums");
            for (int bar = 0; bar < 4; bar++) {
                score.drums(drums, bar, rock(), 0, 16);
            }
            MidiFile.write(data.resolve(name), score.build());
        }
    }

    @Test
    void shouldMeasureBothWindowsCleanAndByHand() throws Exception {
        assertThat(run("--split", "validation", "--model", "usual-voices", "--hands", "--json", "--seed", "7")).isZero();
        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.get("seed").intValue()).isEqualTo(7);
        assertThat(json.get("tap_velocity").booleanValue()).isFalse();
        assertThat(json.get("results").findValuesAsText("mode")).containsExactly("cut", "cut", "aligned", "aligned");
        assertThat(json.get("results").findValuesAsText("taps")).containsExactly("clean", "hands", "clean", "hands");
        assertThat(json.at("/results/0/onset/f1").doubleValue()).isEqualTo(1);
        assertThat(json.at("/results/1/onset/f1").doubleValue()).isLessThan(1);
        assertThat(err.toString()).contains("cut windows");
    }

    @Test
    void shouldDumpAnswersAndSayTheCondition() throws Exception {
        Path dump = data.resolve("dump.csv");
        assertThat(run("--split", "validation", "--model", "nearest-taps", "--tap-velocity", "--windows", "aligned", "--dump",
                dump.toString())).isZero();
        assertThat(out.toString()).contains("validation split", "nearest-taps", "velocity given", "aligned", "clean")
                .doesNotContain("cut");
        List<String> rows = Files.readAllLines(dump);
        assertThat(rows.getFirst()).isEqualTo("file,window,step,voice,offset,velocity");
        assertThat(rows.get(1)).matches("d/2,0,0,0,[-0-9.E]+,[0-9.]+");
        assertThat(rows).hasSize(1 + 3 * 2 * 12);
    }

    @Test
    void shouldMeasureAModelWithEachEngineAlike() throws Exception {
        Path model = data.resolve("random.safetensors");
        RandomModels.save(model, 1, 16, 3);
        String[] common = {"--split", "validation", "--model", model.toString(), "--windows", "cut", "--temperature", "1",
                "--json",
                "--engine"};
        assertThat(run(Stream.concat(Stream.of(common), Stream.of("vector-fp32")).toArray(String[]::new))).isZero();
        JsonNode vector = new JsonMapper().readTree(out.toString());
        out.getBuffer().setLength(0);
        assertThat(run(Stream.concat(Stream.of(common), Stream.of("scalar")).toArray(String[]::new))).isZero();
        JsonNode scalar = new JsonMapper().readTree(out.toString());
        assertThat(vector.at("/temperature").doubleValue()).isEqualTo(1);
        assertThat(vector.at("/results/0/notes_pred").intValue()).isPositive();
        assertThat(vector.at("/results/0/tap_coverage").doubleValue()).isEqualTo(1);
        assertThat(vector.at("/results/0/onset")).isEqualTo(scalar.at("/results/0/onset"));
    }

    @Test
    void shouldRefuseWhatItCannotMeasure() {
        assertThat(run("--split", "test", "--model", "usual-voices")).isEqualTo(1);
        assertThat(err.toString()).contains("names no 4/4 take of the test split").doesNotContain("\tat ");
        assertThat(run("--split", "validation", "--model", "usual-voices", "--temperature", "3")).isEqualTo(2);
        assertThat(run("--split", "half", "--model", "usual-voices")).isEqualTo(2);
        assertThat(run("--split", "validation", "--model", "nobody")).isEqualTo(1);
        assertThat(err.toString()).contains("nobody");
    }

    private int run(String... options) {
        String[] args = new String[options.length + 4];
        System.arraycopy(new String[]{"evaluate", "tap2drum", "--data", data.toString()}, 0, args, 0, 4);
        System.arraycopy(options, 0, args, 4, options.length);
        return Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(args);
    }

    private static Groove rock() {
        Groove groove = new Groove();
        for (int step = 0; step < 16; step += 2) {
            groove.set(step, 2, 0.05f, 0.5f);
            if (step % 8 == 0) {
                groove.set(step, 0, 0, 0.9f);
            } else if (step % 8 == 4) {
                groove.set(step, 1, 0, 0.8f);
            }
        }
        return groove;
    }
}
