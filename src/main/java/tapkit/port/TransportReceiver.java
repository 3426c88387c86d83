package tapkit.port;

/** Takes where a server's transport is. Called on the backend's own thread: must not wait, lock, allocate or throw. */
@FunctionalInterface
public interface TransportReceiver {
    /**
     * Several times a second, and at once when something has changed.
     *
     * @param rolling whether the transport moves
     * @param beat    quarter notes since its beginning; NaN if nobody counts them
     * @param seconds since its beginning
     * @param bpm     quarter notes a minute; NaN if nobody says
     * @param atNanos when it is there, on {@link System#nanoTime()}'s clock
     */
    void transport(boolean rolling, double beat, double seconds, double bpm, long atNanos);
}
