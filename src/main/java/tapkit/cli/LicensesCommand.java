package tapkit.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tapkit.licenses.Licenses;

/** {@code tapkit licenses}: under which terms tapkit is. */
@Command(name = "licenses", mixinStandardHelpOptions = true,
        description = "Prints the licences and notices of tapkit, of its models' data, and of every library in it.")
final class LicensesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Licenses.text().forEach(out::println);
        out.flush();
        return 0;
    }
}
