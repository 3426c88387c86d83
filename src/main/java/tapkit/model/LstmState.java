package tapkit.model;

import tapkit.grid.Grid;

/** Every buffer that an inference needs, allocated once. Belongs to one model, and so to one thread. */
final class LstmState {
    /** x: the features, [steps, inputs]. */
    final float[] x;
    /** W x + b of one direction at every step, [steps, 4 × width]. */
    final float[] gates;
    /** y: each layer's output, [steps, 2 × width]: forward, then backward. */
    final float[][] y;
    /** c: cells of one direction, [width]. */
    final float[] c;

    /** @param width H, or more where a kernel pads it */
    LstmState(LstmConfig config, int width) {
        x = new float[Grid.STEPS * config.inputs()];
        gates = new float[Grid.STEPS * 4 * width];
        y = new float[config.layers()][Grid.STEPS * 2 * width];
        c = new float[width];
    }
}
