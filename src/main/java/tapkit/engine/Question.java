package tapkit.engine;

import tapkit.grid.TapWindow;

/** What the model is asked: the drums of one bar, or what a tap would be. Mutable, a slot of the ring to the model. */
final class Question {
    /** In the place of {@link #step}: the drums of a bar are asked for. */
    static final int NO_STEP = -1;

    final TapWindow window = new TapWindow();
    /** The other end of a morph; means nothing unless {@link #morph} is above 0. */
    final TapWindow other = new TapWindow();
    /** From {@link #window} (0) to {@link #other} (1). */
    double morph;
    /** The bar that the answer plays in. */
    long bar;
    /** Which half of the window, 0 or 1, plays in that bar. */
    int half;
    /** Rises with every question. */
    long serial;
    /** Rises whenever the taps are forgotten; answers of an older one are void. */
    int generation;
    /** Whether there are taps in it that no answer has heard; else it is another reading of what is played. */
    boolean fresh;
    /** A step of the window: what would a tap there be? Or {@link #NO_STEP}. */
    int step = NO_STEP;
    /** Which of the loaded models answers. */
    int model;
    /** Of the draw; does not depend on how many questions there were. */
    long seed;
    /** Of this reading, see {@link tapkit.model.Reading}. */
    long readingSeed;
    /** How much readings differ, 0 to 1. */
    double variation;
    /** How hits are chosen. */
    final Shape shape = new Shape();

    void copyFrom(Question from) {
        window.copyFrom(from.window);
        other.copyFrom(from.other);
        morph = from.morph;
        bar = from.bar;
        half = from.half;
        serial = from.serial;
        generation = from.generation;
        fresh = from.fresh;
        step = from.step;
        model = from.model;
        seed = from.seed;
        readingSeed = from.readingSeed;
        variation = from.variation;
        shape.copyFrom(from.shape);
    }
}
