package tapkit.tap;

/**
 * How an input's pads are read.
 *
 * @param kit             what its notes mean
 * @param curve           what its velocities are made into
 * @param threshold       the least velocity of a tap, 1 to 127, before the curve
 * @param retriggerMillis how soon after a stroke another of the same pad is its echo, {@value #LEAST_RETRIGGER} to 100
 * @param crosstalk       a stroke softer than this share (0 to 1) of another pad's, right after it, is the shaking of the stand; 0: never
 */
public record PadSettings(KitMap kit, VelocityCurve curve, int threshold, int retriggerMillis, double crosstalk) {
    /** In milliseconds; the fastest hands are slower. */
    public static final int LEAST_RETRIGGER = 12;

    public static final PadSettings DEFAULT = new PadSettings(KitMap.GM, VelocityCurve.LINEAR, 1, LEAST_RETRIGGER, 0);

    public PadSettings {
        check(threshold >= 1 && threshold <= 127, "threshold", threshold, "1 to 127");
        check(retriggerMillis >= LEAST_RETRIGGER && retriggerMillis <= 100, "retrigger", retriggerMillis,
                LEAST_RETRIGGER + " to 100");
        check(crosstalk >= 0 && crosstalk <= 1, "crosstalk", crosstalk, "0 to 1");
    }

    private static void check(boolean ok, String what, Object value, String range) {
        if (!ok) {
            throw new IllegalArgumentException(what + " is " + value + "; it must be from " + range);
        }
    }
}
