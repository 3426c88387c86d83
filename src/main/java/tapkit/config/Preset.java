package tapkit.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tapkit.control.Control;
import tapkit.control.Knob;

/**
 * What controls stand at for a song: a file with a key for each that matters, by its name, such as {@code temperature = 0.5},
 * {@code mode = "loop"} or {@code level.kick = 80}. Controls that it does not name stay where they are.
 */
public record Preset(String name, Map<Knob, Double> values) {
    private static final Set<Control> NOT_KEPT = Set.of(Control.PRESET, Control.LEARN);

    public Preset {
        values = Map.copyOf(values);
    }

    /** @throws tapkit.UserError names file and line of what is wrong */
    public static Preset read(Path path) {
        TomlFile file = TomlFile.open(path);
        Map<Knob, Double> values = knobs(file);
        file.end();
        String name = path.getFileName().toString();
        return new Preset(name.endsWith(".toml") ? name.substring(0, name.length() - 5) : name, values);
    }

    /** The knobs that a table names; a control of voices is a table of them. */
    static Map<Knob, Double> knobs(TomlFile table) {
        Map<Knob, Double> values = new LinkedHashMap<>();
        for (Knob knob : Knob.ALL) {
            Control control = knob.control();
            if (control.kind() == Control.Kind.TRIGGER || NOT_KEPT.contains(control)) {
                continue;
            }
            String key = control.label();
            if (control.perVoice()) {
                String voice = knob.label().substring(key.length() + 1);
                table.table(key).ifPresent(voices -> put(values, knob, voices, voice));
            } else {
                put(values, knob, table, key);
            }
        }
        return values;
    }

    private static void put(Map<Knob, Double> values, Knob knob, TomlFile table, String key) {
        Optional<String> text = table.text(key);
        if (text.isPresent()) {
            try {
                values.put(knob, knob.parse(text.get()));
            } catch (IllegalArgumentException e) {
                throw table.wrong(key, e.getMessage());
            }
        }
    }
}
