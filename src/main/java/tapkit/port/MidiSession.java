package tapkit.port;

/** The open ports of one run: taps and clock come in through the receivers given to {@link MidiBackend#open}. */
public interface MidiSession extends AutoCloseable {
    /** Where drums go. */
    MidiOutput drums();

    /** Where MIDI clock goes; takes and drops everything if none was asked for. */
    MidiOutput clock();

    /** One line that says what is open and connected, for people. */
    String describe();

    /** How the ports fare, from any thread. A lost port is lost for good: the session stays safe to call and to close. */
    PortHealth health();

    /** Silences and closes all ports. Calling it again does nothing. */
    @Override
    void close();
}
