package tapkit.port;

import java.util.List;
import java.util.Optional;

/** One way to reach MIDI ports: a server, an operating system's service, a library. A new one is a folder beside the others. */
public interface MidiBackend {
    /** What users call it, such as {@code jack}. */
    String name();

    /** Why this backend cannot be used here and now, in plain words with the remedy; empty if it can. */
    Optional<String> unavailable();

    /** The ports that are there. */
    List<PortInfo> ports();

    /**
     * Opens the ports of a run.
     *
     * @param pad   takes what the input ports bring
     * @param clock takes MIDI clock, Start, Stop, Continue and Song Position
     * @throws tapkit.UserError if a port is not there (says which there are), is in use, or the server is not running
     */
    MidiSession open(PortPlan plan, MidiReceiver pad, MidiReceiver clock);
}
