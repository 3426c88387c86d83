package tapkit.port.coremidi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VirtualPortsTest {
    /** As CoreMIDI4J names them. */
    @Test
    void shouldKnowItsOwnPortsAmongDevices() {
        assertThat(VirtualPorts.isOwn("CoreMIDI4J - tapkit drums out")).isTrue();
        assertThat(VirtualPorts.isOwn("CoreMIDI4J - tapkit pad in")).isTrue();
        assertThat(VirtualPorts.isOwn("CoreMIDI4J - TD-17")).isFalse();
        assertThat(VirtualPorts.isOwn("CoreMIDI4J - IAC Driver Bus 1")).isFalse();
    }
}
