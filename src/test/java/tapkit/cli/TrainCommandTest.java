package tapkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TrainCommandTest {
    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void shouldSayWhatCanBeTrained() {
        assertThat(run("polka", "--data", folder.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("'polka'").contains("seq2seq tap2drum");
        assertThat(run("tap2drum", "--data", folder.toString(), "--epochs", "0")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--epochs 0");
    }

    @Test
    void shouldNameTheFolderThatIsNoDataset() {
        assertThat(run("tap2drum", "--data", folder.toString(), "--out", folder.resolve("out").toString()))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString()).contains(folder.toString()).contains("no info.csv").doesNotContain("at tapkit");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private int run(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "train";
        System.arraycopy(args, 0, all, 1, args.length);
        return Main.commandLine().setErr(new PrintWriter(err, true)).execute(all);
    }
}
