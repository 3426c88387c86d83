package tapkit.model;

/** Every buffer that an inference needs, allocated once. Belongs to one network, and so to one thread. */
final class LstmState {
    /** Rows in multiples of which buffers are sized, so that a kernel may take several at once. */
    static final int STEP_BLOCK = 4;

    /** x: the features, [steps, inputs]. */
    final float[] x;
    /** W x + b of one direction at every step, [steps, 4 × width]. */
    final float[] gates;
    /** y: each layer's output, [steps, 2 × width]: forward, then backward. */
    final float[][] y;
    /** c: cells of one direction, [steps, width]. */
    final float[] c;
    private final int maxSteps;

    /**
     * Buffers for sequences of some length.
     *
     * @param width    H, or more where a kernel pads it
     * @param maxSteps the longest sequence
     */
    LstmState(LstmConfig config, int width, int maxSteps) {
        this.maxSteps = maxSteps;
        int rows = padded(maxSteps);
        x = new float[rows * config.inputs()];
        gates = new float[rows * 4 * width];
        y = new float[config.layers()][rows * 2 * width];
        c = new float[rows * width];
    }

    /** Steps rounded up to whole blocks. */
    static int padded(int steps) {
        return Math.ceilDiv(steps, STEP_BLOCK) * STEP_BLOCK;
    }

    /** Takes a sequence's features over. */
    void setInput(float[] features, int steps, int inputs) {
        if (steps < 1 || steps > maxSteps) {
            throw new IllegalArgumentException(steps + " steps, expected 1 to " + maxSteps);
        }
        System.arraycopy(features, 0, x, 0, steps * inputs);
    }
}
