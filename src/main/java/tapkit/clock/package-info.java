/**
 * Tempo and phase: where in the music an instant is. Beats are quarter notes since bar 0; a bar is four of them. The clocks hold
 * the mapping between {@link java.lang.System#nanoTime()}'s nanoseconds and beats, and change it only when they are told of an
 * event with its instant; nothing here reads the time.
 */
package tapkit.clock;
