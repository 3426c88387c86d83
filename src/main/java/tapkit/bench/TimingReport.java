package tapkit.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/**
 * What {@link TimingBench} measured.
 *
 * @param floor    the {@code clock_nanosleep} loop; empty where there is none
 * @param realTime whether the loop, and so tapkit's thread, had real-time scheduling
 * @param jack     empty where no server runs
 * @param alsa empty where the kernel has no sequencer
 * @param direct   from a tap to its own drum's leaving by the timed thread
 * @param jackDirect the same over a JACK server, by its frames; empty where none runs
 * @param steal    percent; empty where it is not known
 */
public record TimingReport(long seconds, double intervalMillis, Punctuality thread, double threadCpuPercent,
        Punctuality sequencer, Optional<Punctuality> floor, boolean realTime, Optional<JackFrames> jack,
        Optional<Punctuality> alsa, Punctuality direct,
        Optional<DirectFrames> jackDirect, GcPauses.Result gc, OptionalDouble steal, String load, double loadAverage) {

    /** One JSON document, without a line's end. */
    public String json() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode().put("seconds", seconds).put("interval_ms", intervalMillis)
                .put("real_time", realTime);
        put(root.putObject("thread"), thread).put("cpu_percent", round(threadCpuPercent));
        put(root.putObject("sequencer"), sequencer);
        floor.ifPresent(measured -> put(root.putObject("floor"), measured));
        jack.ifPresent(frames -> put(root.putObject("jack"), frames));
        alsa.ifPresent(measured -> put(root.putObject("alsa"), measured));
        ObjectNode directNode = root.putObject("direct");
        put(directNode.putObject("thread"), direct);
        jackDirect.ifPresent(frames -> put(directNode.putObject("jack"), frames.later()).put("same_frame", frames.sameFrame())
                .put("missing", frames.missing()));
        root.putObject("gc").put("collector", gc.collector()).put("pauses", gc.pauses()).put("longest_us",
                round(gc.longestMicros()));
        floor.ifPresent(measured -> root.put("thread_p99_over_floor", round(thread.p99Micros() / measured.p99Micros())));
        root.put("sequencer_p50_over_thread", round(sequencer.p50Micros() / thread.p50Micros()));
        steal.ifPresent(percent -> root.put("steal_percent", round(percent)));
        return root.put("load", load).put("load_average", round(loadAverage)).toPrettyString();
    }

    private static void put(ObjectNode node, JackFrames frames) {
        Histogram callback = frames.callbacks().nanos();
        node.put("events", frames.events()).put("off_frame", frames.offFrame()).put("missing", frames.missing())
                .put("xruns", frames.xruns()).put("xruns_caused", frames.callbacks().overruns())
                .put("worst_us", round(frames.worstMicros())).put("period_us", round(frames.callbacks().periodNanos() / 1e3))
                .put("callbacks", callback.getTotalCount()).put("callback_p50_us", round(micros(callback, 50)))
                .put("callback_p99_us", round(micros(callback, 99))).put("callback_p999_us", round(micros(callback, 99.9)))
                .put("callback_max_us", round(callback.getMaxValue() / 1e3));
    }

    private static double micros(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / 1e3;
    }

    private static ObjectNode put(ObjectNode node, Punctuality measured) {
        return node.put("events", measured.events()).put("p50_us", round(measured.p50Micros()))
                .put("p99_us", round(measured.p99Micros())).put("p999_us", round(measured.p999Micros()))
                .put("max_us", round(measured.maxMicros()));
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }

    /** The same for people. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%d s, an event every %.3f ms, load: %s%n", seconds, intervalMillis, load));
        text.append(String.format(Locale.ROOT, "lateness in µs                p50      p99    p99.9      max   events%n"));
        row(text, "tapkit's timed thread", thread);
        floor.ifPresent(measured -> row(text, "clock_nanosleep, the floor", measured));
        row(text, "javax Sequencer", sequencer);
        alsa.ifPresent(measured -> row(text, "ALSA, the kernel's queue", measured));
        floor.ifPresent(
                measured -> text.append(String.format(Locale.ROOT,
                        "thread's p99 over the floor's: %.2f; the Sequencer's p50 over the thread's: %.0f%n",
                        thread.p99Micros() / measured.p99Micros(), sequencer.p50Micros() / thread.p50Micros())));
        text.append(String.format(Locale.ROOT, "from a tap to its own drum in µs, --direct%n"));
        row(text, "by the timed thread", direct);
        jackDirect.ifPresent(frames -> row(text, "on JACK, by its frames", frames.later()));
        jackDirect.ifPresent(
                frames -> text.append(String.format(Locale.ROOT, "  %d of %d in the frame of their tap, %d missing%n",
                        frames.sameFrame(), frames.later().events() + frames.missing(), frames.missing())));
        jack.ifPresent(frames -> describe(text, frames));
        text.append(String.format(Locale.ROOT, "the timed thread used %.1f %% of a core; real-time scheduling: %s%n",
                threadCpuPercent,
                realTime ? "yes" : "no (see native-config)"));
        text.append(String.format(Locale.ROOT, "garbage collector: %d pauses, the longest %.0f µs (%s)%n", gc.pauses(),
                gc.longestMicros(), gc.collector()));
        text.append(String.format(Locale.ROOT, "steal %s, load average %.1f%n",
                steal.isPresent() ? "%.1f %%".formatted(steal.getAsDouble()) : "unknown",
                loadAverage));
        return text.toString();
    }

    private static void describe(StringBuilder text, JackFrames frames) {
        text.append(String.format(Locale.ROOT, "JACK: %d events, %d not in their exact frame (%d missing), furthest %.1f µs%n",
                frames.events(), frames.offFrame(), frames.missing(), frames.worstMicros()));
        Histogram callback = frames.callbacks().nanos();
        text.append(String.format(Locale.ROOT,
                "JACK's calls of tapkit took p50 %.1f, p99 %.1f, p99.9 %.1f, max %.1f µs of a period of %.0f; xruns %d, %d by tapkit%n",
                micros(callback, 50), micros(callback, 99), micros(callback, 99.9), callback.getMaxValue() / 1e3,
                frames.callbacks().periodNanos() / 1e3, frames.xruns(), frames.callbacks().overruns()));
    }

    private static void row(StringBuilder text, String name, Punctuality measured) {
        text.append(String.format(Locale.ROOT, "  %-26s %8.1f %8.1f %8.1f %8.1f %8d%n", name, measured.p50Micros(),
                measured.p99Micros(),
                measured.p999Micros(), measured.maxMicros(), measured.events()));
    }
}
