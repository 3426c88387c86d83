package tapkit.telemetry;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * How a running instrument fares, for {@code tapkit status} and the terminal. As JSON its names are in snake case.
 *
 * @param pid         of the process that plays
 * @param upS         seconds since it was ready
 * @param running     whether the clock runs
 * @param mode        what is played now; the control of this name may say what the next bar brings
 * @param part        likewise
 * @param bar         counted from 1; null while nothing runs
 * @param beat        in the bar, 1 to 4; null while nothing runs
 * @param bpm         quarter notes a minute
 * @param masked      strokes that were taken for echoes, crosstalk or noise, as the settings of their pads say
 * @param answered    bars answered by a new inference in time
 * @param skipped     answers that came too late and were not played
 * @param late        drum notes whose time had passed
 * @param lost        events lost to a full ring or a full port
 * @param inferenceMs time of the last inference
 * @param latency     from a tap until its own drum was handed to the port, where taps sound at once
 * @param lateness    how much later than the port wishes drums were handed over
 * @param model       the one that answers
 * @param page        its address, or null
 * @param osc         where OSC comes in and goes to, in words, or null
 * @param controls    what every control stands at, by its name, as people write it; buttons have no value
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Status(long pid, double upS, boolean running, String mode, String part, Long bar, Integer beat, double bpm,
        Clock clock, Ports ports, long taps, long masked, long hits, long answered, long skipped, long late, long lost,
        double inferenceMs,
        Quantiles latency, Quantiles lateness, String model, Recording recording, String page, String osc,
        Map<String, Object> controls) {

    /**
     * Where the tempo comes from.
     *
     * @param locked whether an external clock is there and followed; true for the internal one
     */
    public record Clock(String source, boolean locked) {
    }

    /**
     * The ports.
     *
     * @param open          what is open, in words
     * @param health        good, away (some are unplugged and awaited) or lost (all are gone)
     * @param problem       what is wrong, in words, or null
     * @param xruns         periods that the server missed
     * @param xrunsByTapkit those of them that tapkit held up
     * @param late          messages that left after their time
     * @param dropped       messages that were refused
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Ports(String open, String health, String problem, long xruns, long xrunsByTapkit, long late, long dropped) {
    }

    /**
     * What is kept.
     *
     * @param file the recording, or null
     * @param loop whether a loop is recorded: none, armed (from the next bar on) or on
     */
    public record Recording(String file, String loop) {
    }

    /** Of a histogram; all 0 while it is empty. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Quantiles(long events, double p50Ms, double p99Ms, double maxMs) {
        /** Of nanoseconds. */
        public static Quantiles of(Histogram all) {
            return all.getTotalCount() == 0
                    ? new Quantiles(0, 0, 0, 0)
                    : new Quantiles(all.getTotalCount(), millis(all.getValueAtPercentile(50)),
                            millis(all.getValueAtPercentile(99)), millis(all.getMaxValue()));
        }

        private static double millis(long nanos) {
            return Math.round(nanos / 1e3) / 1e3;
        }
    }
}
