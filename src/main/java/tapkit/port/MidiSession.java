package tapkit.port;

import java.util.Optional;

/** The open ports of one run: taps and clock come in through the receivers given to {@link MidiBackend#open}. */
public interface MidiSession extends AutoCloseable {
    /** Where drums go. */
    MidiOutput drums();

    /** Where MIDI clock goes; takes and drops everything if none was asked for. */
    MidiOutput clock();

    /** Where lights and motors of controllers are told what changed; takes and drops everything if there is no such port. */
    default MidiOutput control() {
        return MidiOutput.NONE;
    }

    /** One line that says what is open and connected, for people. */
    String describe();

    /**
     * How the ports fare, from any thread. A lost session is lost for good but stays safe to call and to close; a port that is away
     * comes back by itself.
     */
    PortHealth health();

    /** How long a server that calls tapkit had to wait for it, since the session was opened; empty where nobody calls. */
    default Optional<CallbackTimes> callbacks() {
        return Optional.empty();
    }

    /** Silences and closes all ports. Calling it again does nothing. */
    @Override
    void close();
}
