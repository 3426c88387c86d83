package tapkit.port;

import java.util.List;

/**
 * What a run wants opened.
 *
 * @param in        parts of names of input ports to connect to; empty: no connection but tapkit's own port where the backend
 *                  has virtual ports, else the first hardware input
 * @param out       part of the name of the output port, or null: likewise
 * @param clockIn   part of the name of the port that brings MIDI clock, or null: any of the inputs
 * @param sendClock whether MIDI clock is to be sent
 */
public record PortPlan(List<String> in, String out, String clockIn, boolean sendClock) {
    public PortPlan {
        in = List.copyOf(in);
    }
}
