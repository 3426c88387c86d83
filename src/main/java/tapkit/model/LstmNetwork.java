package tapkit.model;

/**
 * A bidirectional LSTM network over a sequence of any length: what a task's network is, whoever computes it. What goes in and what
 * comes out is the task's. Not thread safe: an instance belongs to one thread, and {@link #run} neither allocates nor locks (but on
 * ND4J).
 */
public interface LstmNetwork extends AutoCloseable {
    /**
     * Runs over a sequence.
     *
     * @param x     the features, [steps, {@link LstmConfig#inputs()}]
     * @param steps from 1 to as many as the network was opened for
     * @param heads for each of {@link LstmConfig#heads()} an array that is filled with its activated outputs, [steps, width]
     */
    void run(float[] x, int steps, float[][] heads);

    @Override
    default void close() {
    }
}
