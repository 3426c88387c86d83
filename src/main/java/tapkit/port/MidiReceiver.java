package tapkit.port;

/** Takes MIDI messages from a port. Called on the backend's own thread: must not wait, lock, allocate or throw. */
@FunctionalInterface
public interface MidiReceiver {
    /**
     * @param message a short message, packed as {@link MidiMessage} says
     * @param atNanos when it arrived, on {@link System#nanoTime()}'s clock
     */
    void receive(int message, long atNanos);
}
