package tapkit.engine;

import tapkit.grid.Grid;
import tapkit.grid.Groove;

/** What the model answered: a phrase of two bars, or what a tap would be. Mutable, a slot of the ring from the model. */
final class Answer {
    final Groove groove = new Groove();
    /**
     * Of a question about a step: the velocities of the drums that a soft tap there would be, then those of a loud one; 0 where a voice
     * would not sound. [2 × voices]
     */
    final float[] columns = new float[2 * Grid.VOICES];
    /** See {@link Question#bar}. */
    long bar;
    /** See {@link Question#half}. */
    int half;
    /** See {@link Question#serial}. */
    long serial;
    /** See {@link Question#generation}. */
    int generation;
    /** See {@link Question#fresh}. */
    boolean fresh;
    /** See {@link Question#step}. */
    int step = Question.NO_STEP;
    /** How long the inference took. */
    double micros;

    /** Everything but the drums and the time. */
    void replyTo(Question question) {
        bar = question.bar;
        half = question.half;
        serial = question.serial;
        generation = question.generation;
        fresh = question.fresh;
        step = question.step;
    }

    void copyFrom(Answer other) {
        groove.copyFrom(other.groove);
        System.arraycopy(other.columns, 0, columns, 0, columns.length);
        bar = other.bar;
        half = other.half;
        serial = other.serial;
        generation = other.generation;
        fresh = other.fresh;
        step = other.step;
        micros = other.micros;
    }
}
