/**
 * The networks in DL4J: the graph, the updater and the file format are DL4J's; the LSTM is a vertex of our own, because the stock
 * one takes no initial state and is several times slower on a CPU.
 *
 * <p>All sequences are rank 2 and <b>time-major</b>: row {@code t * batch + n} is step t of example n, so that every step is one
 * contiguous block, a projection of all steps is one matrix product, and no layer ever permutes anything. To DL4J such an array is
 * a minibatch of {@code steps * batch} examples.
 */
package tapkit.model.nd4j;
