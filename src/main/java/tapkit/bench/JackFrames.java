package tapkit.bench;

/**
 * What a JACK server did with tapkit's notes.
 *
 * @param events      notes sent
 * @param offFrame    of these, not in the frame that is nearest to their time, or not there
 * @param missing     of these, not there
 * @param xruns       periods that the server missed in the same time
 * @param worstMicros furthest from its time that a note was; half a frame is rounding (10.4 µs at 48 kHz)
 */
public record JackFrames(long events, long offFrame, long missing, long xruns, double worstMicros) {
}
