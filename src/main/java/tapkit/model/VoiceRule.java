package tapkit.model;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How what a network says about one voice becomes hits. A network trained on single answers says what is usual, so its
 * velocities lie closer together than a drummer's: a straight line spreads them.
 *
 * @param threshold a hit's least probability, in (0, 1)
 * @param gain      slope of that line, above 0
 * @param shift     its height: velocity v is played as gain · v + shift
 */
public record VoiceRule(float threshold, float gain, float shift) {
    public VoiceRule {
        if (!(threshold > 0 && threshold < 1)) {
            throw new IllegalArgumentException("threshold " + threshold + ", expected a number between 0 and 1");
        }
        if (!(gain > 0 && gain <= 10 && Math.abs(shift) <= 10)) {
            throw new IllegalArgumentException(
                    "gain " + gain + " and shift " + shift + ", expected a line that velocities rise by");
        }
    }

    /** Rules that leave velocities as they are. */
    public static List<VoiceRule> plain(float... thresholds) {
        return IntStream.range(0, thresholds.length).mapToObj(voice -> new VoiceRule(thresholds[voice], 1, 0)).toList();
    }
}
