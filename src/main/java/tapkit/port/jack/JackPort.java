package tapkit.port.jack;

import tapkit.port.Connections;
import tapkit.port.PortInfo;
import tapkit.port.PortInfo.Direction;

/**
 * A MIDI port of another client.
 *
 * @param address   the server's name for it, by which it is connected; for hardware a mere number, which may change when it is plugged
 *                  in again
 * @param alias     for hardware, what tells which it is; else empty
 * @param direction seen from tapkit
 * @param hardware  whether a device is behind it; not so for ALSA's "Midi Through", which brings back what programs send to it
 */
record JackPort(String address, String alias, Direction direction, boolean hardware) implements Connections.Port {
    /** What it is known by from one plugging in to the next. */
    @Override
    public String name() {
        return alias.isEmpty() ? address : alias;
    }

    /** How users see it. */
    PortInfo info() {
        return new PortInfo(JackBackend.NAME, name(), alias.isEmpty() ? address : address + " (" + alias + ")", direction);
    }
}
