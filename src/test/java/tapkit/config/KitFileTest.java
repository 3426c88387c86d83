package tapkit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.grid.Voice;
import tapkit.tap.KitMap;

class KitFileTest {
    @TempDir
    private Path folder;

    @Test
    void shouldReadWhatItWrites() {
        Path file = folder.resolve("mine.toml");
        KitFile.write(file, Map.of(Voice.CLOSED_HAT, List.of(8), Voice.KICK, List.of(35, 36)));

        KitMap kit = KitFile.read(file);

        assertThat(kit.notes(Voice.KICK)).containsExactly(35, 36);
        assertThat(kit.note(Voice.CLOSED_HAT)).isEqualTo(8);
        assertThat(kit.note(Voice.RIDE)).isEqualTo(51);
    }

    @Test
    void shouldNameTheLineOfWhatIsWrong() throws IOException {
        Path file = folder.resolve("mine.toml");
        Files.write(file, List.of("kick = 36", "snare = [38, 'x']"));
        assertThatThrownBy(() -> KitFile.read(file)).hasMessageContaining("mine.toml:2: snare is");
        Files.write(file, List.of("kick = 36", "snare = [38, 36]"));
        assertThatThrownBy(() -> KitFile.read(file)).hasMessageContaining("mine.toml:2: note 36 belongs to kick");
        Files.write(file, List.of("kik = 36"));
        assertThatThrownBy(() -> KitFile.read(file))
                .hasMessageContaining("mine.toml:1: there is no key kik; did you mean kick?");
    }
}
