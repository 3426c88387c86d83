package tapkit.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ExampleTapsTest {
    @Test
    void shouldBeTheFileThatShips() throws Exception {
        byte[] expected = MidiFile.encode(ExampleTaps.make());
        if (System.getProperty("tapkit.write-examples") != null) {
            MidiFile.write(ExampleTaps.FILE, ExampleTaps.make());
        }
        assertThat(Files.readAllBytes(ExampleTaps.FILE)).isEqualTo(expected);
        assertThat(Quantizer.barsCovering(MidiFile.readFourFour(ExampleTaps.FILE))).isEqualTo(4);
    }
}
