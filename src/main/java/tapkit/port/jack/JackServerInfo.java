package tapkit.port.jack;

/**
 * A server that is running.
 *
 * @param kind         which program it is, for people
 * @param rate         frames a second
 * @param periodFrames frames a period
 * @param realTime     whether it calls its clients with real-time priority
 */
public record JackServerInfo(String kind, int rate, int periodFrames, boolean realTime) {
    /** How long a period lasts, in milliseconds. */
    public double periodMillis() {
        return periodFrames * 1000.0 / rate;
    }
}
