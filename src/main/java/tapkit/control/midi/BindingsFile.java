package tapkit.control.midi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tapkit.OutputFile;
import tapkit.UserError;
import tapkit.control.Knob;
import tapkit.control.midi.Binding.Action;
import tapkit.control.midi.Binding.Source;

/**
 * Bindings as text, one a line: {@code cc 10 64 = overdub latching}, {@code program any 3 = part value B}. Channels are counted from 1,
 * as on gear. What follows # is a remark.
 */
public final class BindingsFile {
    private static final Pattern LINE = Pattern.compile(
            "(note|cc|program)\\s+(any|\\d{1,2})\\s+(any|\\d{1,3})\\s*=\\s*([a-z.-]+)(?:\\s+([a-z]+)(?:\\s+(\\S+))?)?");
    private static final String FORM = "'note|cc|program CHANNEL|any NUMBER|any = CONTROL "
            + "[absolute|relative|momentary|latching|next|value X]'";

    private BindingsFile() {
    }

    /** Reads a file; none is no bindings. */
    public static List<Binding> read(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            List<Binding> bindings = new ArrayList<>();
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).replaceFirst("#.*", "").strip().toLowerCase(Locale.ROOT);
                if (!line.isEmpty()) {
                    try {
                        bindings.add(parse(line));
                    } catch (IllegalArgumentException e) {
                        throw new UserError(file + ", line " + (i + 1) + ": " + e.getMessage(), e);
                    }
                }
            }
            return bindings;
        } catch (IOException e) {
            throw new UserError("cannot read " + file + ": " + OutputFile.reason(e), e);
        }
    }

    static Binding parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + line + "' is not of the form " + FORM);
        }
        Source source = Source.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
        int channel = "any".equals(matcher.group(2)) ? Binding.ANY : Integer.parseInt(matcher.group(2)) - 1;
        int number = "any".equals(matcher.group(3)) ? Binding.ANY : Integer.parseInt(matcher.group(3));
        if (channel < Binding.ANY || channel > 15 || number > 127) {
            throw new IllegalArgumentException("channels are 1 to 16, numbers 0 to 127");
        }
        Knob knob = Knob.named(matcher.group(4))
                .orElseThrow(() -> new IllegalArgumentException("no control is called " + matcher.group(4)));
        if (matcher.group(5) == null) {
            return new Binding(source, channel, number, knob, source == Source.CC ? Action.ABSOLUTE : Action.LATCHING, 0);
        }
        Action action;
        try {
            action = Action.valueOf(matcher.group(5).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + matcher.group(5) + "' is nothing that a message does; " + FORM, e);
        }
        if ((action == Action.VALUE) != (matcher.group(6) != null)) {
            throw new IllegalArgumentException("a value follows 'value', and nothing else");
        }
        return new Binding(source, channel, number, knob, action, action == Action.VALUE ? knob.parse(matcher.group(6)) : 0);
    }

    static String format(Binding binding) {
        return "%s %s %s = %s %s%s".formatted(binding.source().name().toLowerCase(Locale.ROOT),
                binding.channel() == Binding.ANY ? "any" : Integer.toString(binding.channel() + 1),
                binding.number() == Binding.ANY ? "any" : Integer.toString(binding.number()),
                binding.knob().label(), binding.action(),
                binding.action() == Action.VALUE ? " " + binding.knob().format(binding.value()) : "");
    }

    /** Writes a file that {@link #read} reads; its folder is made if it is not there. */
    public static void write(Path file, List<Binding> bindings) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UserError("cannot write " + file + ": " + OutputFile.reason(e), e);
        }
        StringBuilder text = new StringBuilder("# MIDI bindings of tapkit: " + FORM + "\n");
        bindings.forEach(binding -> text.append(format(binding)).append('\n'));
        OutputFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
