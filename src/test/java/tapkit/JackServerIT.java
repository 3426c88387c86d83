package tapkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tapkit.Peers.Peer;

class JackServerIT {
    @Test
    void shouldStartAServerAndAMonitor() throws Exception {
        try (JackServer server = JackServer.start(); Peer dump = server.dump("monitor")) {
            assertThat(server.ports()).contains("monitor:input");
            assertThat(dump.process().isAlive()).isTrue();
        }
    }
}
