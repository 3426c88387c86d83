package tapkit.port;

import java.util.Optional;

/**
 * How the ports of a session fare.
 *
 * @param lost    why the ports are gone, in plain words; empty while they are there
 * @param xruns   periods that the server missed or was late for, since the session was opened; 0 where there is no server
 * @param late    messages that left after their time
 * @param dropped messages that were refused because a queue was full or the port gone
 * @param away    which ports are unplugged for now, in plain words; they come back by themselves
 */
public record PortHealth(Optional<String> lost, long xruns, long late, long dropped, Optional<String> away) {
    /** All is well and nothing was counted. */
    public static final PortHealth GOOD = new PortHealth(Optional.empty(), 0, 0, 0);

    /** No port is unplugged. */
    public PortHealth(Optional<String> lost, long xruns, long late, long dropped) {
        this(lost, xruns, late, dropped, Optional.empty());
    }

    /** What is wrong, in plain words; empty while nothing is. */
    public Optional<String> problem() {
        return lost.or(() -> away);
    }
}
