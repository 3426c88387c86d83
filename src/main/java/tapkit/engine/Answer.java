package tapkit.engine;

import tapkit.grid.Groove;

/** What the model answered: a phrase of two bars. Mutable, a slot of the ring from the model. */
final class Answer {
    final Groove groove = new Groove();
    /** See {@link Question#bar}. */
    long bar;
    /** See {@link Question#serial}. */
    long serial;
    /** See {@link Question#generation}. */
    int generation;
    /** How long the inference took. */
    double micros;

    void copyFrom(Answer other) {
        groove.copyFrom(other.groove);
        bar = other.bar;
        serial = other.serial;
        generation = other.generation;
        micros = other.micros;
    }
}
