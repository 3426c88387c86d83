package tapkit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tapkit.UserError;
import tapkit.engine.EngineSettings.ClockSource;
import tapkit.grid.Voice;
import tapkit.model.InferenceEngine;
import tapkit.tap.KitMap;
import tapkit.tap.PadSettings;
import tapkit.tap.VelocityCurve;

class SettingsTest {
    @TempDir
    private Path folder;

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("gig.toml"), List.of(lines));
    }

    private Settings read(String... lines) throws IOException {
        return Settings.of(file(lines), Map.of(), Map.of());
    }

    @Test
    void shouldStartWithDefaults() {
        Settings settings = Settings.of(null, Map.of(), Map.of());

        assertThat(settings.number(Setting.BPM)).isEqualTo(120);
        assertThat(settings.choice(Setting.CLOCK, ClockSource.class)).isEqualTo(ClockSource.INTERNAL);
        assertThat(settings.choice(Setting.ENGINE, InferenceEngine.class)).isEqualTo(InferenceEngine.VECTOR);
        assertThat(settings.text(Setting.SEED)).isEmpty();
        assertThat(settings.isOn(Setting.NO_WEB)).isFalse();
        assertThat(settings.ins()).isEmpty();
        assertThat(settings.output()).isEqualTo(Output.DEFAULT);
    }

    @Test
    void shouldLayFlagsOverTheEnvironmentOverTheFileOverDefaults() throws IOException {
        Path file = file("[clock]", "bpm = 90", "source = 'tap'", "[model]", "temperature = 0.5", "seed = 7");
        Map<String, String> environment = Map.of("TAPKIT_BPM", "100", "TAPKIT_TEMPERATURE", "0.7", "TAPKIT_MODEL", "");

        Settings settings = Settings.of(file, environment, Map.of(Setting.BPM, "110"));

        assertThat(settings.number(Setting.BPM)).isEqualTo(110);
        assertThat(settings.number(Setting.TEMPERATURE)).isEqualTo(0.7);
        assertThat(settings.choice(Setting.CLOCK, ClockSource.class)).isEqualTo(ClockSource.TAP);
        assertThat(settings.text(Setting.SEED)).contains("7");
        assertThat(settings.text(Setting.MODEL)).as("an empty variable is none").contains("tap2drum");
    }

    /** A device may be called "USB, MIDI". */
    @Test
    void shouldKeepCommasThatBelongToNames() throws IOException {
        assertThat(read("[ports]", "in = ['USB, MIDI', 'pad']").ins()).containsExactly("USB, MIDI", "pad");
        assertThat(Settings.of(null, Map.of("TAPKIT_IN", "USB\\, MIDI, pad"), Map.of()).ins()).containsExactly("USB, MIDI",
                "pad");
        assertThat(Settings.of(null, Map.of("TAPKIT_OUT", "USB, MIDI"), Map.of()).text(Setting.OUT)).contains("USB, MIDI");
        List<String> names = List.of("USB, MIDI", "pad", ",");
        assertThat(Settings.of(null, Map.of(), Map.of(Setting.IN, Settings.join(names))).ins()).isEqualTo(names);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "[clock];bpn = 90                  | gig.toml:2: there is no key bpn in [clock]; did you mean bpm?",
            "#;[clok];bpm = 90                 | gig.toml:2: there is no key clok; did you mean clock?",
            "[clock];bpm = 301                 | gig.toml:2: bpm is 301; it must be 20 to 300",
            "[clock];bpm = 'fast'              | gig.toml:2: bpm is fast; it must be 20 to 300",
            "[clock];source = 'sun'            | gig.toml:2: source is sun; it must be internal, midi, jack, tap",
            "[osc];in = 70000                  | gig.toml:2: in is 70000; it must be PORT or HOST:PORT",
            "[osc];out = 'desk'                | gig.toml:2: out is desk; it must be PORT or HOST:PORT",
            "[web];off = 1                     | gig.toml:2: off is 1; it must be true or false",
            "clock = 3                         | gig.toml:1: clock must be a table: [clock]",
            "[clock];bpm = = 3                 | gig.toml:2: ",
            "[input];port = 'a'                | gig.toml:1: input must be one or more tables: [[input]]",
            "[[input]];;tresholds = 3          | gig.toml:3: there is no key tresholds in [input]; did you mean threshold?",
            "[[input]];kit = 'korg'            | gig.toml:2: kit is korg; it must be one of gm, roland, alesis, yamaha",
            "[[input]];threshold = 128         | gig.toml:2: threshold is 128; it must be from 1 to 127",
            "[[input]];retrigger = 5           | gig.toml:2: retrigger is 5; it must be from 12 to 100",
            "[[input]];crosstalk = 101         | gig.toml:2: crosstalk is 101.0; it must be from 0 to 100",
            "[[input]];curve = 'steep'         | gig.toml:2: curve is steep; it must be one of linear, soft,",
            "[output];hi-hat-pedal = 'hand'    | gig.toml:2: hi-hat-pedal is hand; it must be one of off, drums, foot",
            "[presets];files = ['none.toml']   | gig.toml:2: there is no file"})
    void shouldNameFileAndLineOfWhatIsWrong(String lines, String message) {
        assertThatThrownBy(() -> read(lines.split(";"))).isInstanceOf(UserError.class).hasMessageContaining(message);
    }

    @Test
    void shouldNameTheVariableOrTheFlagThatIsWrong() {
        assertThatThrownBy(() -> Settings.of(null, Map.of("TAPKIT_BPM", "5"), Map.of()))
                .hasMessage("TAPKIT_BPM is 5; it must be 20 to 300");
        assertThatThrownBy(() -> Settings.of(null, Map.of(), Map.of(Setting.TEMPERATURE, "3")))
                .hasMessage("--temperature is 3; it must be 0 to 2");
        assertThatThrownBy(() -> Settings.of(folder.resolve("no.toml"), Map.of(), Map.of())).isInstanceOf(UserError.class)
                .hasMessageContaining("no.toml");
    }

    @Test
    void shouldReadEachInputInItsOwnWay() throws IOException {
        Files.write(folder.resolve("mine.toml"), List.of("kick = [60, 61]", "snare = 62"));
        Settings settings = read("[[input]]", "port = 'TD-17'", "kit = 'roland'", "curve = 'soft'", "threshold = 5",
                "retrigger = 20", "crosstalk = 30", "[[input]]", "port = 'nano'", "kit = 'mine.toml'", "[output]",
                "kit = 'yamaha'", "hi-hat-pedal = 'drums'");

        assertThat(settings.ins()).containsExactly("TD-17", "nano");
        assertThat(settings.pads().getFirst()).isEqualTo(new PadSettings(KitMap.ROLAND, VelocityCurve.SOFT, 5, 20, 0.3));
        assertThat(settings.pads().get(1).kit().note(Voice.SNARE)).isEqualTo(62);
        assertThat(settings.output()).isEqualTo(new Output(KitMap.YAMAHA, Output.Pedal.DRUMS));
    }

    @Test
    void shouldReadPlacesInANetwork() throws IOException {
        Settings settings = read("[osc]", "in = 9000", "out = 'desk.local:9001'");

        assertThat(settings.address(Setting.OSC)).contains(new HostPort("127.0.0.1", 9000));
        assertThat(settings.address(Setting.OSC_OUT)).contains(new HostPort("desk.local", 9001));
        assertThat(HostPort.parse("[::1]:9000")).contains(new HostPort("[::1]", 9000));
        assertThat(HostPort.parse("0.0.0.0:0")).isEmpty();
        assertThat(HostPort.parse("a:b:1")).isEmpty();
    }

    @Test
    void shouldReadAnInputThatAFlagNamesAsTheFileSaysOfIt() throws IOException {
        Path file = file("[[input]]", "port = 'TD-17'", "threshold = 9", "[[input]]", "port = 'nano'");

        Settings settings = Settings.of(file, Map.of(), Map.of(Setting.IN, "nano,td-17"));

        assertThat(settings.ins()).containsExactly("nano", "td-17");
        assertThat(settings.pads()).extracting(PadSettings::threshold).containsExactly(1, 9);
    }

    @Test
    void shouldAskForThePortOfEachOfSeveralInputs() {
        assertThatThrownBy(() -> read("[[input]]", "threshold = 9", "[[input]]", "port = 'nano'"))
                .hasMessageContaining("must name its port");
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void shouldBeDocumented(Setting setting) throws IOException {
        String page = Files.readString(Path.of("docs/settings.md"));

        assertThat(page).as("docs/settings.md").contains("| `%s` | %s | `%s` | %s | %s | %s |".formatted(setting.key(),
                setting.flag().isEmpty() ? "" : "`" + setting.flag() + "`", setting.variable(), setting.range(),
                setting.fallback(), setting.description()));
        Optional<String> fault = setting.fallback().isEmpty() ? Optional.empty() : setting.fault(setting.fallback());
        assertThat(fault).as("the default is a value").isEmpty();
    }
}
