package tapkit.tap;

/** What a pad's velocity is made into, for hands and pads that differ. */
public enum VelocityCurve {
    /** As it comes. */
    LINEAR(1),
    /** Soft strokes count for more: a stiff pad, a light hand. */
    SOFT(0.6),
    /** Soft strokes count for much more. */
    SOFTER(0.4),
    /** Soft strokes count for less: a hot pad, a heavy hand. */
    HARD(1.6),
    /** Soft strokes count for much less. */
    HARDER(2.4),
    /** Always the same: a pad whose velocity means nothing. */
    FIXED(0);

    private static final int FIXED_VELOCITY = 100;

    private final byte[] table = new byte[128];

    VelocityCurve(double power) {
        for (int velocity = 1; velocity < table.length; velocity++) {
            long shaped = power == 0 ? FIXED_VELOCITY : Math.round(127 * Math.pow(velocity / 127.0, power));
            table[velocity] = (byte) Math.clamp(shaped, 1, 127);
        }
    }

    /** A velocity of 1 to 127 for one of 1 to 127. Does not allocate. */
    public int apply(int velocity) {
        return table[velocity];
    }
}
