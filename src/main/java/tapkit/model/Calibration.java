package tapkit.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a humanizing network's readings are stretched about their centres: means over all that a drummer might have done are closer
 * together than what drummers do. Found on validation; for each of the four steps of a beat.
 *
 * @param timing        mean of the readings of offsets, in steps
 * @param timingSpread  how far offsets are stretched: as drummers spread them
 * @param timingExact   the same for the least error
 * @param velocity      mean of the readings of velocities
 * @param velocitySpread how far velocities are stretched: as drummers spread them
 * @param velocityError what a reading of a velocity errs by (root of the mean square)
 */
public record Calibration(List<Double> timing, List<Double> timingSpread, List<Double> timingExact, List<Double> velocity,
        List<Double> velocitySpread, double velocityError) {
    /** Steps of a beat. */
    public static final int GROUPS = 4;
    /** Readings as they are. */
    public static final Calibration NONE = new Calibration(all(0), all(1), all(1), all(0), all(1), 0);

    private static final String PREFIX = "calibration.";

    public Calibration {
        timing = four(timing);
        timingSpread = four(timingSpread);
        timingExact = four(timingExact);
        velocity = four(velocity);
        velocitySpread = four(velocitySpread);
    }

    /**
     * An offset in steps, in [−0.5, 0.5).
     *
     * @param spread 0 for the least error, 1 for a drummer's spread
     */
    double offset(int step, double reading, double spread) {
        int group = step % GROUPS;
        double stretch = timingExact.get(group) + spread * (timingSpread.get(group) - timingExact.get(group));
        return timing.get(group) + stretch * (reading - timing.get(group));
    }

    /** A velocity, in [0, 1]. */
    double velocity(int step, double reading, double spread) {
        int group = step % GROUPS;
        double stretch = 1 + spread * (velocitySpread.get(group) - 1);
        return velocity.get(group) + stretch * (reading - velocity.get(group));
    }

    /** What {@link #of} reads. */
    Map<String, String> metadata() {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put(PREFIX + "timing", text(timing));
        metadata.put(PREFIX + "timing.spread", text(timingSpread));
        metadata.put(PREFIX + "timing.exact", text(timingExact));
        metadata.put(PREFIX + "velocity", text(velocity));
        metadata.put(PREFIX + "velocity.spread", text(velocitySpread));
        metadata.put(PREFIX + "velocity.error", text(List.of(velocityError)));
        return metadata;
    }

    static Calibration of(Safetensors file) {
        try {
            return new Calibration(numbers(file, "timing"), numbers(file, "timing.spread"), numbers(file, "timing.exact"),
                    numbers(file, "velocity"), numbers(file, "velocity.spread"), numbers(file, "velocity.error").getFirst());
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

    private static List<Double> all(double value) {
        return List.of(value, value, value, value);
    }

    private static List<Double> four(List<Double> numbers) {
        if (numbers.size() != GROUPS || !numbers.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(numbers + ", expected " + GROUPS + " numbers");
        }
        return List.copyOf(numbers);
    }
}
