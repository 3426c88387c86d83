/**
 * Nanoseconds to steps, taps and drums to the paper's matrices: pure values and functions. Nothing here reads a clock.
 */
package tapkit.grid;
