package tapkit.port.alsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tapkit.port.PortInfo;
import tapkit.port.PortInfo.Direction;

class AlsaPortTest {
    @Test
    void shouldNumberPortsOfOneName() {
        List<PortInfo> infos = AlsaPort.infos(List.of(new AlsaPort(24, 0, "Pad", Direction.IN, true),
                new AlsaPort(28, 0, "Pad", Direction.IN, true), new AlsaPort(24, 0, "Pad", Direction.OUT, true)));
        assertThat(infos).extracting(PortInfo::id).containsExactly("Pad", "Pad #2", "Pad");
        assertThat(infos).extracting(PortInfo::name).containsOnly("Pad");
        assertThat(infos).doesNotHaveDuplicates();
    }
}
