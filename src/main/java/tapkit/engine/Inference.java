package tapkit.engine;

/** The engine's way to the model: questions go, answers come when they are ready. Neither call waits or allocates. */
interface Inference {
    /** Takes a copy of the question; false if there is no room for it. Of questions about one bar only the latest need an answer. */
    boolean ask(Question question);

    /** Fills {@code into} with the next answer, in the order of the questions; false if there is none. */
    boolean poll(Answer into);
}
