package tapkit.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tapkit.OutputFile;
import tapkit.grid.Voice;
import tapkit.tap.KitMap;

/** A kit's notes as a file: a key for each voice, its value a note or a list of notes, the one that plays the kit first. */
public final class KitFile {
    private KitFile() {
    }

    /** @throws tapkit.UserError names file and line of what is wrong */
    public static KitMap read(Path path) {
        TomlFile file = TomlFile.open(path);
        Map<Voice, List<Integer>> notes = new EnumMap<>(Voice.class);
        for (Voice voice : Voice.values()) {
            file.wholes(voice.label()).ifPresent(its -> notes.put(voice, its));
            try {
                KitMap.of("", notes);
            } catch (IllegalArgumentException e) {
                throw file.wrong(voice.label(), e.getMessage());
            }
        }
        file.end();
        return KitMap.of(path.getFileName().toString(), notes);
    }

    /** Writes what {@link #read} reads. */
    public static void write(Path path, Map<Voice, List<Integer>> notes) {
        Map<Voice, List<Integer>> inOrder = new EnumMap<>(Voice.class);
        inOrder.putAll(notes);
        StringBuilder text = new StringBuilder(
                "# MIDI notes of a kit, 0 to 127; several as [36, 35], the one that plays it first\n");
        inOrder.forEach((voice, its) -> text.append(voice.label()).append(" = ").append(its).append('\n'));
        OutputFile.write(path, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
