package tapkit.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tapkit.UserError;
import tapkit.control.Knob;
import tapkit.tap.PadSettings;

/**
 * What a run is started with, validated.
 *
 * @param values  what was given for each setting, or its default; a setting without either is missing
 * @param inputs  the inputs, in the order of their ports; empty: any, read as {@link PadSettings#DEFAULT}
 * @param output  how the drums leave
 * @param controls what controls begin with, where a file says so
 * @param presets the files of presets, in order; empty: none
 */
public record Settings(Map<Setting, String> values, List<Input> inputs, Output output, Map<Knob, Double> controls,
        List<Path> presets) {
    /**
     * An input and how its pads are read.
     *
     * @param port part of the port's name; empty: whatever is there
     */
    public record Input(Optional<String> port, PadSettings pads) {
    }

    public Settings {
        values = Map.copyOf(values);
        inputs = List.copyOf(inputs);
        controls = Map.copyOf(controls);
        presets = List.copyOf(presets);
    }

    /**
     * Puts the layers on each other: defaults, file, environment, flags.
     *
     * @param file        a TOML file, or null
     * @param environment variables, of which those that are a {@link Setting#variable} count
     * @param flags       what was given on the command line
     * @throws UserError if a value or a key is wrong; names where it stands
     */
    public static Settings of(Path file, Map<String, String> environment, Map<Setting, String> flags) {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            if (!setting.fallback().isEmpty()) {
                values.put(setting, setting.fallback());
            }
        }
        SettingsFile read = file == null ? SettingsFile.NONE : SettingsFile.read(file);
        values.putAll(read.values());
        for (Setting setting : Setting.values()) {
            String variable = environment.get(setting.variable());
            if (variable != null && !variable.isEmpty()) {
                values.put(setting, checked(setting, variable, setting.variable()));
            }
            String flag = flags.get(setting);
            if (flag != null) {
                values.put(setting, checked(setting, flag, setting.flag()));
            }
        }
        boolean portsGiven = flags.containsKey(Setting.IN) || environment.containsKey(Setting.IN.variable())
                || read.values().containsKey(Setting.IN);
        List<Input> inputs = portsGiven ? read.inputsAt(list(values.get(Setting.IN))) : read.inputs();
        if (inputs.size() > 1 && inputs.stream().anyMatch(input -> input.port().isEmpty())) {
            throw new UserError(file + ": of several [[input]] each must name its port");
        }
        return new Settings(values, inputs, read.output(), read.controls(), read.presets());
    }

    private static String checked(Setting setting, String value, String origin) {
        setting.fault(value).ifPresent(fault -> {
            throw new UserError(origin + " " + fault);
        });
        return value;
    }

    /** Parts of the names of the input ports; empty: whatever is there. */
    public List<String> ins() {
        return inputs.stream().flatMap(input -> input.port().stream()).toList();
    }

    /** How each input's pads are read, by the number of the input. */
    public List<PadSettings> pads() {
        return inputs.stream().map(Input::pads).toList();
    }

    public Optional<String> text(Setting setting) {
        return Optional.ofNullable(values.get(setting));
    }

    /** A place in a network. */
    public Optional<HostPort> address(Setting setting) {
        return text(setting).flatMap(HostPort::parse);
    }

    public double number(Setting setting) {
        return Double.parseDouble(values.get(setting));
    }

    public boolean isOn(Setting setting) {
        return Boolean.parseBoolean(values.get(setting));
    }

    /** The constant of an enum that a choice names. */
    public <E extends Enum<E>> E choice(Setting setting, Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).filter(one -> one.name().equalsIgnoreCase(values.get(setting)))
                .findFirst()
                .orElseThrow();
    }

    /** The parts of a list, between commas; a comma that belongs to a part, as in the name of a port, has a backslash before it. */
    public static List<String> list(String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split("(?<!\\\\),")).map(part -> part.strip().replace("\\,", ","))
                        .filter(part -> !part.isEmpty()).toList();
    }

    /** The list of these parts, as {@link #list} reads it. */
    public static String join(List<String> parts) {
        return parts.stream().map(part -> part.replace(",", "\\,")).collect(Collectors.joining(","));
    }
}
