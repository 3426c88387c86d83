package tapkit.bench;

import tapkit.port.CallbackTimes;

/**
 * What a JACK server did with tapkit's notes.
 *
 * @param events      notes sent
 * @param offFrame    of these, not in the frame that is nearest to their time, or not there
 * @param missing     of these, not there
 * @param xruns       periods that the server missed in the same time, whoever's fault it was
 * @param worstMicros furthest from its time that a note was; half a frame is rounding (10.4 µs at 48 kHz)
 * @param callbacks   how long the server waited for any of tapkit's clients that measure here, and how many periods they held up
 */
public record JackFrames(long events, long offFrame, long missing, long xruns, double worstMicros, CallbackTimes callbacks) {
    /** The same with what other clients took. */
    JackFrames with(CallbackTimes others) {
        return new JackFrames(events, offFrame, missing, xruns, worstMicros, callbacks.plus(others));
    }
}
