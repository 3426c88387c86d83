package tapkit.bench;

/**
 * How much later than their taps drums were on a JACK server, by its frames.
 *
 * @param later     of the drums that came
 * @param sameFrame how many of these were in the very frame of their tap
 * @param missing   drums of taps that came themselves
 */
public record DirectFrames(Punctuality later, long sameFrame, long missing) {
}
