package tapkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapkit.evaluate.Datasets;

/** {@code evaluate humanize} and {@code evaluate infill}. */
class EvaluateCommandsTest {
    @TempDir
    Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void makeADataset() {
        Datasets.write(data);
    }

    @ParameterizedTest
    @ValueSource(strings = {"quantized", "jitter", "linear", "knn", "knn-1", "knn-all"})
    void shouldMeasureAndDumpEveryTrivialHumanizer(String model) throws Exception {
        Path dump = data.resolve("dump.csv");
        assertThat(run("humanize", "--data", data.toString(), "--model", model, "--versus", "quantized", "--json", "--dump",
                dump.toString())).isZero();
        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.get("results").findValuesAsText("mode")).containsExactly("cut", "aligned");
        int notes = json.at("/results/0/notes").intValue();
        assertThat(Files.readAllLines(dump)).hasSize(1 + notes);
        assertThat(json.at("/results/0/timing_mae_ms/value").doubleValue()).isPositive();
        assertThat(json.at("/results/0/timing_mae_ms/minus_versus/value").isNumber()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eighths", "nearest-vote", "linear"})
    void shouldMeasureEveryVoiceWithEveryTrivialInfiller(String model) throws Exception {
        assertThat(run("infill", "--data", data.toString(), "--model", model, "--windows", "aligned", "--json")).isZero();
        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.get("results").findValuesAsText("voice")).hasSize(9).startsWith("kick", "snare", "closed-hat");
        // The hats of the small dataset are on all eighths, which everyone finds.
        assertThat(json.at("/results/2/onset/f1").doubleValue()).isEqualTo(1);
        out.getBuffer().setLength(0);
        Path dump = data.resolve("dump.csv");
        assertThat(run("infill", "--data", data.toString(), "--model", model, "--voice", "closed-hat", "--dump",
                dump.toString())).isZero();
        assertThat(out.toString()).contains("cut", "aligned", "closed-hat").doesNotContain("snare");
        assertThat(dump).isNotEmptyFile();
    }

    @Test
    void shouldMakeEveryTableAndLeaveOutModelsThatAreNotThere() throws Exception {
        System.setProperty("tapkit.home", data.toString());
        try {
            assertThat(run("--all", "--data", data.toString(), "--markdown", data.resolve("r.md").toString(), "--csv",
                    data.resolve("r.csv").toString(), "--figure", data.resolve("r.png").toString())).isZero();
        } finally {
            System.clearProperty("tapkit.home");
        }
        assertThat(out.toString()).contains("NOT AS RELEASED", "Table 1", "linear regression", "22.34", "closed hi-hat",
                "usual-voices", "'MLP' is left out", "./tapkit train mlp humanize")
                .doesNotContain(data.toString());
        assertThat(Files.readString(data.resolve("r.md"))).contains("| quantized |", "|---|");
        assertThat(Files.readAllLines(data.resolve("r.csv")).getFirst()).startsWith("table,row,column,value");
        assertThat(Files.readString(data.resolve("r.csv"))).contains("linear regression,timing MAE ms,");
        assertThat(data.resolve("r.png")).isNotEmptyFile();
        out.getBuffer().setLength(0);
        assertThat(run("--all", "--json", "--data", data.toString())).isZero();
        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.get("tables").findValuesAsText("title")).hasSizeGreaterThan(5);
        assertThat(json.at("/tables/1/rows/0/cells/0/files/0").isNumber()).isTrue();
        assertThat(run("--all")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
    }

    @Test
    void shouldSearchTheConstantsOfTrivialAnswers() {
        assertThat(run("humanize", "--data", data.toString(), "--search")).isZero();
        assertThat(out.toString()).contains("\n1 ", "\n20 ", "\n100 ", "timing MAE ms");
        out.getBuffer().setLength(0);
        assertThat(run("infill", "--data", data.toString(), "--search")).isZero();
        assertThat(out.toString()).contains("votes of 20", "\nclosed-hat");
    }

    @Test
    void shouldPutEveryPrecisionOfTheModelsThatShipBesideTheOthers() throws Exception {
        assertThat(run("precision", "--data", data.toString(), "--json")).isZero();

        JsonNode tables = new JsonMapper().readTree(out.toString()).get("tables");
        assertThat(tables.at("/0/rows").findValuesAsText("name")).hasSize(9).contains("tap2drum, fp32",
                "tap2drum, bf16 (ships)",
                "tap2drum, velocity, int8", "seq2seq-tap2drum, fp32");
        assertThat(tables.at("/1/rows").findValuesAsText("name")).hasSize(6).contains("humanize, bf16 (ships)",
                "seq2seq, int8");
        for (JsonNode table : tables) {
            JsonNode exact = table.at("/rows/0/cells/0/value");
            assertThat(exact.doubleValue()).isPositive();
            assertThat(table.at("/rows/1/cells/0/value").doubleValue()).isCloseTo(exact.doubleValue(),
                    Percentage.withPercentage(2));
        }
    }

    @Test
    void shouldCheckTheDataset() {
        assertThat(run("dataset", "--data", data.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("train", "validation", "NOT AS RELEASED").doesNotContain("\ntest");
        assertThat(err.toString()).contains("names no 4/4 take of the test split");
    }

    @Test
    void shouldRefuseWhatItCannotMeasure() {
        assertThat(run("humanize", "--data", data.toString(), "--model", "nobody")).isEqualTo(1);
        assertThat(err.toString()).contains("nobody", "there are", "humanize");
        assertThat(run("humanize", "--data", data.toString(), "--split", "test", "--model", "linear")).isEqualTo(1);
        assertThat(err.toString()).contains("names no 4/4 take of the test split");
        assertThat(run("humanize", "--data", data.toString(), "--temperature", "3")).isEqualTo(2);
        assertThat(run("infill", "--data", data.toString(), "--voice", "cowbell")).isEqualTo(2);
        assertThat(err.toString()).contains("cowbell", "closed-hat");
        assertThat(run("infill", "--data", data.toString(), "--model", "linear", "--dump", "x.csv")).isEqualTo(2);
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    private int run(String... args) {
        String[] line = new String[args.length + 1];
        line[0] = "evaluate";
        System.arraycopy(args, 0, line, 1, args.length);
        return Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(line);
    }
}
