package tapkit.licenses;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tapkit.Peers;

/** {@code tapkit licenses} of the jar that was built, with the libraries beside it. */
class LicensesIT {
    private static final Path TARGET = Path.of("target");

    private static List<String> jars() throws IOException {
        try (Stream<Path> files = Files.list(TARGET.resolve("lib"))) {
            return files.map(file -> file.getFileName().toString().replaceFirst("\\.jar$", "")).toList();
        }
    }

    @Test
    void shouldKnowEveryLibraryThatShips() throws Exception {
        assertThat(jars()).hasSizeGreaterThan(50).allSatisfy(jar -> assertThat(Licenses.of(jar))
                .as("%s stands in src/main/resources/tapkit/licenses/libraries.txt", jar).isPresent());
    }

    @Test
    void shouldPrintTheTermsOfEverything() throws Exception {
        String all = String.join("\n", Peers.run(Map.of(), Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar", TARGET.resolve("tapkit.jar").toString(), "licenses"));
        assertThat(all).contains("Groove MIDI Dataset", "CC BY 4.0", "Gillick", "DejaVu")
                .contains("Apache License", "Neither the name of the copyright holder", "Eclipse Public License - v 1.0",
                        "Eclipse Public License - v 2.0");
        for (String jar : jars()) {
            assertThat(all).contains(jar);
        }
    }
}
