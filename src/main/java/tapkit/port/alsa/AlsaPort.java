package tapkit.port.alsa;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tapkit.port.Connections;
import tapkit.port.PortInfo;
import tapkit.port.PortInfo.Direction;

/**
 * A port of another client as it is now. Its address changes when a device is plugged in again, its name does not.
 *
 * @param client    number of the client, 0 to 255
 * @param port      number of the port within it
 * @param name      names of client and port, as {@code Fake e-Drum:Fake e-Drum MIDI 1}
 * @param direction seen from tapkit; a port that does both is there twice
 * @param hardware  whether a device is behind it
 */
record AlsaPort(int client, int port, String name, Direction direction, boolean hardware) implements Connections.Port {
    /** How users see these ports, in the same order. Of ports of one name the second is known as {@code NAME #2}. */
    static List<PortInfo> infos(List<AlsaPort> ports) {
        Map<String, Integer> seen = new HashMap<>();
        return ports.stream().map(port -> {
            int twin = seen.merge(port.direction + port.name, 1, Integer::sum);
            return new PortInfo(AlsaBackend.NAME, twin == 1 ? port.name : port.name + " #" + twin, port.name, port.direction);
        }).toList();
    }

    boolean isAt(int otherClient, int otherPort) {
        return client == otherClient && port == otherPort;
    }
}
