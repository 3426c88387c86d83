package tapkit.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tapkit.doctor.Doctor;
import tapkit.doctor.Finding;
import tapkit.doctor.Finding.Verdict;

/** {@code tapkit doctor}: whether this machine is fit to play. */
@Command(name = "doctor", mixinStandardHelpOptions = true,
        description = "Tells whether this machine is fit to play, and what to change. Exit code 0: fit; 1: not fit.")
final class DoctorCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        if (!json) {
            spec.commandLine().getErr().println("tapkit: looking and listening; this takes some ten seconds");
            spec.commandLine().getErr().flush();
        }
        List<Finding> findings = Doctor.examine();
        boolean fit = Doctor.isFit(findings);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(document(fit, findings)));
        } else {
            text(fit, findings).forEach(out::println);
        }
        out.flush();
        return fit ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    static Map<String, Object> document(boolean fit, List<Finding> findings) {
        return Map.of("fit", fit, "findings",
                findings.stream().map(finding -> Map.of("check", finding.check(), "verdict",
                        finding.verdict().name().toLowerCase(Locale.ROOT), "what", finding.what(), "remedy", finding.remedy(),
                        "figures", finding.figures())).toList());
    }

    static List<String> text(boolean fit, List<Finding> findings) {
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings) {
            String mark = switch (finding.verdict()) {
                case GOOD -> "ok  ";
                case HINT -> "hint";
                case BAD -> "BAD ";
            };
            lines.add("%s  %-20s %s".formatted(mark, finding.check(), finding.what()));
            if (!finding.remedy().isEmpty()) {
                lines.add("      %-20s -> %s".formatted("", finding.remedy()));
            }
        }
        long hints = findings.stream().filter(finding -> finding.verdict() == Verdict.HINT).count();
        lines.add(!fit
                ? "This machine is not fit to play."
                : hints == 0
                        ? "This machine is fit to play."
                        : "This machine is fit to play; the hints make it better.");
        return lines;
    }
}
