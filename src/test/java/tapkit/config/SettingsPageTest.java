package tapkit.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.grid.Voice;
import tapkit.tap.KitMap;
import tapkit.tap.PadSettings;
import tapkit.tap.VelocityCurve;

/** {@code docs/settings.md} says of inputs, outputs and kits what the program does; of {@link Setting}s see {@link SettingsTest}. */
class SettingsPageTest {
    private List<String> page;

    @BeforeEach
    void read() throws IOException {
        page = Files.readAllLines(Path.of("docs", "settings.md"));
    }

    /** The cells of the row of a key, after the key; below a heading. */
    private List<String> row(String heading, String key) {
        String row = page.stream().dropWhile(line -> !line.equals("## " + heading)).skip(1)
                .takeWhile(line -> !line.startsWith("## ")).filter(line -> line.startsWith("| `" + key + "` |")).findFirst()
                .orElse("");
        assertThat(row).as("the row of %s below %s", key, heading).isNotEmpty();
        return Arrays.stream(row.split("\\|", -1)).map(String::strip).skip(2).toList();
    }

    private static String names(Stream<String> names) {
        return names.map(name -> "`" + name.toLowerCase(Locale.ROOT) + "`").collect(Collectors.joining(", "));
    }

    /** The whole numbers that are taken, from the least to the most. */
    private static String range(IntFunction<PadSettings> made) {
        int[] taken = IntStream.range(-500, 500).filter(value -> {
            try {
                return made.apply(value) != null;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }).toArray();
        assertThat(taken).hasSize(taken[taken.length - 1] - taken[0] + 1);
        return taken[0] + " to " + taken[taken.length - 1];
    }

    @Test
    void shouldTellEveryKeyOfAnInputWithItsRange() {
        PadSettings usual = PadSettings.DEFAULT;
        assertThat(row("Inputs", "port").getFirst()).isEqualTo("text");
        assertThat(row("Inputs", "kit")).startsWith(names(KitMap.BUILT_IN.stream().map(KitMap::name)) + ", or a file",
                "`" + usual.kit().name() + "`");
        assertThat(row("Inputs", "curve")).startsWith(names(Arrays.stream(VelocityCurve.values()).map(Enum::name)),
                names(Stream.of(usual.curve().name())));
        assertThat(row("Inputs", "threshold")).startsWith(
                range(n -> new PadSettings(usual.kit(), usual.curve(), n, usual.retriggerMillis(), 0)), "" + usual.threshold());
        assertThat(row("Inputs", "retrigger")).startsWith(
                range(n -> new PadSettings(usual.kit(), usual.curve(), usual.threshold(), n, 0)), "" + usual.retriggerMillis());
        assertThat(row("Inputs", "crosstalk")).startsWith(
                range(n -> new PadSettings(usual.kit(), usual.curve(), usual.threshold(), usual.retriggerMillis(), n / 100.0)),
                "" + (int) usual.crosstalk());
    }

    @Test
    void shouldTellEveryKeyOfTheOutput() {
        assertThat(row("Output", "kit").get(1)).isEqualTo("`" + Output.DEFAULT.kit().name() + "`");
        assertThat(row("Output", "hi-hat-pedal")).startsWith(names(Arrays.stream(Output.Pedal.values()).map(Enum::name)),
                names(Stream.of(Output.DEFAULT.pedal().name())));
    }

    @Test
    void shouldTellEveryNoteOfEveryKit() {
        for (KitMap kit : KitMap.BUILT_IN) {
            assertThat(row("Kits", kit.name())).startsWith(notes(kit, Voice.KICK), notes(kit, Voice.SNARE),
                    notes(kit, Voice.CLOSED_HAT), notes(kit, Voice.OPEN_HAT),
                    notes(kit, Voice.LOW_TOM) + " / " + notes(kit, Voice.MID_TOM) + " / " + notes(kit, Voice.HIGH_TOM),
                    notes(kit, Voice.CRASH), notes(kit, Voice.RIDE));
        }
    }

    private static String notes(KitMap kit, Voice voice) {
        return kit.notes(voice).stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    @Test
    void shouldShowAnExampleThatIsRead(@TempDir Path folder) throws IOException {
        List<String> example = page.stream().dropWhile(line -> !line.equals("## Example")).skip(1)
                .map(line -> line.startsWith("    ") ? line.substring(4) : line).toList();
        for (String preset : List.of("opener.toml", "ballad.toml")) {
            Files.writeString(folder.resolve(preset), "temperature = 0.4\nlevel.kick = 110\n");
        }
        Path file = Files.write(folder.resolve("gig.toml"), example);

        assertThat(Settings.of(file, Map.of(), Map.of()).presets()).hasSize(2);
    }
}
