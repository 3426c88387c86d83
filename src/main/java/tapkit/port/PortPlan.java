package tapkit.port;

import java.util.List;
import tapkit.UserError;

/**
 * What a run wants opened.
 *
 * @param in        parts of names of input ports to connect to, each to an input of its own; empty: no connection but tapkit's own port where the backend
 *                  has virtual ports, else the first hardware input
 * @param out       part of the name of the output port, or null: likewise
 * @param clockIn   part of the name of the port that brings MIDI clock, or null: any of the inputs
 * @param sendClock whether MIDI clock is to be sent
 * @param controlOut part of the name of the port of the controller whose lights and motors are told what changed, or null: likewise
 * @param transport who is told where the server's transport is, or null; only JACK has one
 */
public record PortPlan(List<String> in, String out, String clockIn, boolean sendClock, String controlOut,
        TransportReceiver transport) {
    /** No controller is told anything, and nobody asks where the transport is. */
    public PortPlan(List<String> in, String out, String clockIn, boolean sendClock) {
        this(in, out, clockIn, sendClock, null, null);
    }

    /** The same, with a controller that is told what changed. */
    public PortPlan telling(String controller) {
        return new PortPlan(in, out, clockIn, sendClock, controller, transport);
    }

    /** The same, with somebody who is told where the server's transport is. */
    public PortPlan following(TransportReceiver receiver) {
        return new PortPlan(in, out, clockIn, sendClock, controlOut, receiver);
    }

    /** How many inputs for pads are to be told apart: one for each that is named, else one for all. */
    public int pads() {
        return Math.max(1, in.size());
    }

    /** What tapkit calls its own port for an input: {@code pad in}, {@code pad in 2} and so on. */
    public static String padName(int input) {
        return input == 0 ? "pad in" : "pad in " + (input + 1);
    }

    public PortPlan {
        in = List.copyOf(in);
        if (in.size() > MidiMessage.MOST_INPUTS) {
            throw new UserError(in.size() + " inputs are named with --in; " + MidiMessage.MOST_INPUTS + " are the most");
        }
    }
}
