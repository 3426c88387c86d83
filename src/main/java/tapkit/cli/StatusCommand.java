package tapkit.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tapkit.UserError;
import tapkit.telemetry.Status;
import tapkit.telemetry.Status.Quantiles;
import tapkit.telemetry.StatusReader;

/** {@code tapkit status}: how the instrument that runs fares. */
@Command(name = "status", mixinStandardHelpOptions = true,
        description = "Says how the tapkit that plays fares. Fails if none does.")
final class StatusCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Option(names = "--pid", paramLabel = "N",
            description = "Which, by the number of its process; default: the one that was started last")
    private Long pid;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<Status> all = read();
        Status status = all.stream().filter(one -> pid == null || one.pid() == pid).findFirst()
                .orElseThrow(() -> new UserError(pid == null
                        ? "no tapkit plays; start one with tapkit play"
                        : "no tapkit plays as process " + pid + "; "
                                + (all.isEmpty() ? "none does" : "there are " + pids(all))));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(status));
        } else {
            text(status).forEach(out::println);
        }
        out.flush();
        if (pid == null && all.size() > 1) {
            spec.commandLine().getErr().println("tapkit: " + all.size() + " play: " + pids(all) + "; choose with --pid");
        }
        return 0;
    }

    private static List<Status> read() {
        try {
            return StatusReader.read(StatusReader.folders(System.getenv()));
        } catch (IOException e) {
            throw new UserError(e.getMessage() + "; end it and start another", e);
        }
    }

    private static String pids(List<Status> all) {
        return all.stream().map(one -> Long.toString(one.pid())).collect(Collectors.joining(", "));
    }

    static List<String> text(Status now) {
        List<String> lines = new ArrayList<>();
        lines.add("playing    " + (now.running() ? "bar %d, beat %d".formatted(now.bar(), now.beat()) : "no; stopped"));
        lines.add("mode       %s, part %s%s".formatted(now.mode(), now.part(), switch (now.recording().loop()) {
            case "on" -> ", a loop is recorded";
            case "armed" -> ", a loop is recorded from the next bar on";
            default -> "";
        }));
        lines.add("tempo      %.1f bpm, %s clock%s".formatted(now.bpm(), now.clock().source(),
                now.clock().locked() ? "" : ", which does not come in"));
        lines.add("ports      " + now.ports().open());
        if (now.ports().problem() != null) {
            lines.add("           " + now.ports().problem());
        }
        if (now.ports().xruns() + now.ports().late() + now.ports().dropped() > 0) {
            lines.add("           %d xruns (%d of them held up by tapkit), %d messages late, %d dropped".formatted(
                    now.ports().xruns(), now.ports().xrunsByTapkit(), now.ports().late(), now.ports().dropped()));
        }
        lines.add("taps       %d; %d bars answered, %d skipped, the last answer took %.1f ms".formatted(now.taps(),
                now.answered(), now.skipped(), now.inferenceMs()));
        if (now.masked() > 0) {
            lines.add("           %d strokes taken for echoes, crosstalk or noise".formatted(now.masked()));
        }
        lines.add("hits       %d; %d late, %d lost".formatted(now.hits(), now.late(), now.lost()));
        if (now.latency().events() > 0) {
            lines.add("latency    " + words(now.latency()) + " from a tap to its own drum");
        }
        if (now.lateness().events() > 0) {
            lines.add("lateness   " + words(now.lateness()) + " when drums are handed to the port");
        }
        lines.add("model      " + now.model());
        lines.add("recording  " + (now.recording().file() == null ? "none" : now.recording().file()));
        lines.add("page       " + (now.page() == null ? "none" : now.page()));
        if (now.osc() != null) {
            lines.add("osc        " + now.osc());
        }
        lines.add("process    %d, for %d min %d s".formatted(now.pid(), (long) now.upS() / 60, (long) now.upS() % 60));
        return lines;
    }

    private static String words(Quantiles of) {
        return "p50 %.2f ms, p99 %.2f ms, max %.2f ms".formatted(of.p50Ms(), of.p99Ms(), of.maxMs());
    }
}
