package tapkit.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tapkit.grid.Grid;

/**
 * From what an Infilling network says to what is played: constants found on validation.
 *
 * @param thresholds    least probability of a hit, [voices][{@link #COMPANIES}]: the more voices are missing, the less sure a network
 *                      is of each
 * @param velocity      how velocities are stretched
 * @param timing        how offsets are stretched
 * @param velocityError what a reading of a velocity errs by (root of the mean square), [voices]
 */
public record InfillDecoding(List<Double> thresholds, Stretch velocity, Stretch timing, List<Double> velocityError) {
    /** With how many voices missing a voice's threshold was found: alone, as one of three, with all of them. */
    public static final List<Integer> COMPANIES = List.of(1, 3, Grid.VOICES);
    /** Steps of a beat. */
    public static final int GROUPS = 4;
    /** For a model about which nothing is known yet. */
    public static final InfillDecoding NONE = new InfillDecoding(all(Grid.VOICES * COMPANIES.size(), 0.5), Stretch.NONE,
            Stretch.NONE, all(Grid.VOICES, 0));

    private static final String PREFIX = "decoding.";

    /**
     * Means over all that a drummer might have done are closer together than what drummers do. Each [voices][{@link #GROUPS}].
     *
     * @param from   mean of the readings
     * @param to     mean of what is played
     * @param factor how much farther from the mean
     */
    public record Stretch(List<Double> from, List<Double> to, List<Double> factor) {
        /** Readings as they are. */
        public static final Stretch NONE = new Stretch(all(Grid.VOICES * GROUPS, 0), all(Grid.VOICES * GROUPS, 0),
                all(Grid.VOICES * GROUPS, 1));

        public Stretch {
            from = finite(from, Grid.VOICES * GROUPS);
            to = finite(to, Grid.VOICES * GROUPS);
            factor = finite(factor, Grid.VOICES * GROUPS);
        }

        /** @param share 0 for the reading as it is, 1 for all of the stretch */
        double of(int voice, int step, double reading, double share) {
            int i = voice * GROUPS + step % GROUPS;
            return reading + share * (to.get(i) + factor.get(i) * (reading - from.get(i)) - reading);
        }

        private Map<String, String> metadata(String name) {
            return Map.of(PREFIX + name + ".from", text(from), PREFIX + name + ".to", text(to), PREFIX + name + ".factor",
                    text(factor));
        }

        private static Stretch of(Safetensors file, String name) {
            return new Stretch(numbers(file, name + ".from"), numbers(file, name + ".to"), numbers(file, name + ".factor"));
        }
    }

    public InfillDecoding {
        thresholds = finite(thresholds, Grid.VOICES * COMPANIES.size());
        velocityError = finite(velocityError, Grid.VOICES);
        if (!thresholds.stream().allMatch(threshold -> threshold > 0 && threshold < 1)) {
            throw new IllegalArgumentException("thresholds " + thresholds + ", expected numbers between 0 and 1");
        }
    }

    /** Log-odds of a voice's threshold where this many voices are missing: between those that were found, a straight line. */
    double logOdds(int voice, int missing) {
        int next = 1;
        while (next < COMPANIES.size() - 1 && COMPANIES.get(next) < missing) {
            next++;
        }
        int fewer = COMPANIES.get(next - 1);
        double share = (missing - (double) fewer) / (COMPANIES.get(next) - (double) fewer);
        double low = Decoder.logOdds(thresholds.get(voice * COMPANIES.size() + next - 1));
        return low + share * (Decoder.logOdds(thresholds.get(voice * COMPANIES.size() + next)) - low);
    }

    Map<String, String> metadata() {
        Map<String, String> metadata = new TreeMap<>(velocity.metadata("velocity"));
        metadata.putAll(timing.metadata("timing"));
        metadata.put(PREFIX + "thresholds", text(thresholds));
        metadata.put(PREFIX + "velocity.error", text(velocityError));
        return metadata;
    }

    static InfillDecoding of(Safetensors file) {
        try {
            return new InfillDecoding(numbers(file, "thresholds"), Stretch.of(file, "velocity"), Stretch.of(file, "timing"),
                    numbers(file, "velocity.error"));
        } catch (IllegalArgumentException e) {
            throw file.fault("its metadata '" + PREFIX + "...' is wrong (" + e.getMessage() + ")");
        }
    }

    private static List<Double> numbers(Safetensors file, String key) {
        return Arrays.stream(file.metadata(PREFIX + key).split(",", -1)).map(Double::valueOf).toList();
    }

    private static String text(List<Double> numbers) {
        return numbers.stream().map(number -> Double.toString(number)).collect(Collectors.joining(","));
    }

    private static List<Double> all(int count, double value) {
        return Collections.nCopies(count, value);
    }

    private static List<Double> finite(List<Double> numbers, int count) {
        if (numbers.size() != count || !numbers.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(numbers + ", expected " + count + " numbers");
        }
        return List.copyOf(numbers);
    }
}
