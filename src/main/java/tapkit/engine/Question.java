package tapkit.engine;

import tapkit.grid.TapWindow;

/** What the model is asked: the drums of one bar. Mutable, a slot of the ring to the model. */
final class Question {
    final TapWindow window = new TapWindow();
    /** The bar that the answer's first half would play in. */
    long bar;
    /** Rises with every question. */
    long serial;
    /** Rises whenever the taps are forgotten; answers of an older one are void. */
    int generation;
    double temperature;
    /** Of the draw; depends on the session and the bar alone, not on how many questions there were. */
    long seed;

    void copyFrom(Question other) {
        window.copyFrom(other.window);
        bar = other.bar;
        serial = other.serial;
        generation = other.generation;
        temperature = other.temperature;
        seed = other.seed;
    }
}
