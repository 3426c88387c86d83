package tapkit.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tapkit.config.Settings.Input;
import tapkit.control.Knob;
import tapkit.tap.KitMap;
import tapkit.tap.PadSettings;
import tapkit.tap.VelocityCurve;

/** What a settings file says; {@code docs/settings.md} shows one. */
record SettingsFile(Map<Setting, String> values, List<Input> inputs, Output output, Map<Knob, Double> controls,
        List<Path> presets) {
    static final SettingsFile NONE = new SettingsFile(Map.of(), List.of(), Output.DEFAULT, Map.of(), List.of());

    static SettingsFile read(Path path) {
        TomlFile file = TomlFile.open(path);
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        Arrays.stream(Setting.values()).collect(Collectors.groupingBy(Setting::table))
                .forEach((name, settings) -> file.table(name)
                        .ifPresent(table -> settings.forEach(setting -> table.text(setting.field()).ifPresent(text -> {
                            setting.fault(text).ifPresent(fault -> {
                                throw table.wrong(setting.field(), setting.field() + " " + fault);
                            });
                            values.put(setting, text);
                        }))));
        List<Input> inputs = file.tables("input").stream().map(SettingsFile::input).toList();
        Output output = file.table("output").map(SettingsFile::output).orElse(Output.DEFAULT);
        Map<Knob, Double> controls = file.table("controls").map(SettingsFile::controls).orElse(Map.of());
        List<Path> presets = file.table("presets").map(SettingsFile::presets).orElse(List.of());
        file.end();
        return new SettingsFile(values, inputs, output, controls, presets);
    }

    /** Inputs at these ports: each read as the file says of it, else as it says of an input without a port. */
    List<Input> inputsAt(List<String> ports) {
        return ports.stream().map(port -> new Input(Optional.of(port), padsAt(port))).toList();
    }

    private PadSettings padsAt(String port) {
        String wanted = port.toLowerCase(Locale.ROOT);
        Optional<Input> its = inputs.stream().filter(input -> input.port().filter(name -> alike(name, wanted)).isPresent())
                .findFirst();
        return its.or(() -> inputs.stream().filter(input -> input.port().isEmpty()).findFirst()).map(Input::pads)
                .orElse(PadSettings.DEFAULT);
    }

    private static boolean alike(String name, String wanted) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains(wanted) || wanted.contains(lower);
    }

    private static Input input(TomlFile table) {
        Optional<String> port = table.text("port");
        KitMap kit = table.text("kit").map(name -> kit(table, name)).orElse(KitMap.GM);
        VelocityCurve curve = table.text("curve").map(name -> choice(table, "curve", name, VelocityCurve.class))
                .orElse(VelocityCurve.LINEAR);
        double threshold = number(table, "threshold", 1);
        double retrigger = number(table, "retrigger", PadSettings.LEAST_RETRIGGER);
        double crosstalk = number(table, "crosstalk", 0);
        for (String key : List.of("threshold", "retrigger", "crosstalk")) {
            try { // with all the others at their defaults, so that the fault is this one's
                new PadSettings(kit, curve, key.equals("threshold") ? (int) threshold : 1,
                        key.equals("retrigger") ? (int) retrigger : PadSettings.LEAST_RETRIGGER,
                        key.equals("crosstalk") ? crosstalk / 100 : 0);
            } catch (IllegalArgumentException e) {
                throw table.wrong(key, key.equals("crosstalk")
                        ? "crosstalk is %s; it must be from 0 to 100".formatted(crosstalk)
                        : e.getMessage());
            }
        }
        return new Input(port, new PadSettings(kit, curve, (int) threshold, (int) retrigger, crosstalk / 100));
    }

    private static Output output(TomlFile table) {
        KitMap kit = table.text("kit").map(name -> kit(table, name)).orElse(KitMap.GM);
        return new Output(kit, table.text("hi-hat-pedal").map(name -> choice(table, "hi-hat-pedal", name, Output.Pedal.class))
                .orElse(Output.Pedal.OFF));
    }

    /** A kit by its name, or by its file, which ends in .toml. */
    private static KitMap kit(TomlFile table, String name) {
        if (name.endsWith(".toml")) {
            return KitFile.read(table.beside(name));
        }
        return KitMap.named(name).orElseThrow(() -> table.wrong("kit", "kit is " + name + "; it must be one of "
                + KitMap.BUILT_IN.stream().map(KitMap::name).collect(Collectors.joining(", "))
                + ", or a file whose name ends in .toml (tapkit learn makes one)"));
    }

    /** Tempo, temperature and seed have settings of their own. */
    private static Map<Knob, Double> controls(TomlFile table) {
        Map<Knob, Double> controls = Preset.knobs(table);
        List.of(Setting.BPM, Setting.TEMPERATURE, Setting.SEED).forEach(setting -> {
            if (controls.containsKey(Knob.named(setting.field()).orElseThrow())) {
                throw table.wrong(setting.field(), setting.field() + " belongs into [" + setting.table() + "]");
            }
        });
        return controls;
    }

    private static List<Path> presets(TomlFile table) {
        List<Path> files = new ArrayList<>();
        table.text("files").ifPresent(names -> Settings.list(names).forEach(name -> {
            Path file = table.beside(name);
            if (!Files.isRegularFile(file)) {
                throw table.wrong("files", "there is no file " + file);
            }
            files.add(file);
        }));
        return files;
    }

    private static double number(TomlFile table, String key, double fallback) {
        return table.text(key).map(text -> {
            try {
                return Double.valueOf(text);
            } catch (NumberFormatException e) {
                throw table.wrong(key, key + " is " + text + "; it must be a number");
            }
        }).orElse(fallback);
    }

    private static <E extends Enum<E>> E choice(TomlFile table, String key, String name, Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).filter(one -> one.name().equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> table.wrong(key, key + " is " + name + "; it must be one of " + Arrays
                        .stream(type.getEnumConstants()).map(one -> one.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "))));
    }

}
