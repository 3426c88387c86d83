package tapkit.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;
import tapkit.OutputFile;
import tapkit.UserError;

/**
 * A table of a TOML file, read key by key. What is wrong is a {@link UserError} that names file and line. A key that nobody asked for is
 * wrong too ({@link #end}).
 */
final class TomlFile {
    private final Path file;
    private final TomlTable table;
    private final String name;
    private final int line;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<TomlFile> inner = new ArrayList<>();
    private final Map<String, TomlFile> tables = new HashMap<>();

    private TomlFile(Path file, TomlTable table, String name, int line) {
        this.file = file;
        this.table = table;
        this.name = name;
        this.line = line;
    }

    static TomlFile open(Path file) {
        TomlParseResult parsed;
        try {
            parsed = Toml.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UserError("cannot read " + file + ": " + OutputFile.reason(e), e);
        }
        if (parsed.hasErrors()) {
            var first = parsed.errors().getFirst();
            throw new UserError(file + ":" + first.position().line() + ": " + first.getMessage());
        }
        return new TomlFile(file, parsed, "", 1);
    }

    /** A path in this file is meant from where the file is. */
    Path beside(String path) {
        return file.resolveSibling(path);
    }

    /** What is wrong with the value of a key. */
    UserError wrong(String key, String what) {
        var position = table.inputPositionOf(List.of(key));
        return new UserError(file + ":" + (position == null ? line : position.line()) + ": " + what);
    }

    /** A value as text, whatever its type is: a number, a switch, a string; a list's are parted by commas. */
    Optional<String> text(String key) {
        known.add(key);
        Object value = table.get(List.of(key));
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof TomlTable) {
            throw wrong(key, key + " is a table; it must be a value");
        }
        if (value instanceof TomlArray array) {
            return Optional.of(Settings.join(array.toList().stream().map(Object::toString).toList()));
        }
        return Optional.of(value.toString());
    }

    /** Whole numbers: one alone, or a list. */
    Optional<List<Integer>> wholes(String key) {
        return text(key).map(text -> {
            try {
                return Arrays.stream(text.split(",", -1)).map(String::strip).map(Integer::valueOf).toList();
            } catch (NumberFormatException e) {
                throw wrong(key, key + " is " + text + "; it must be a note from 0 to 127, or a list of them such as [36, 35]");
            }
        });
    }

    /** An inner table; empty if it is not there. */
    Optional<TomlFile> table(String key) {
        known.add(key);
        Object value = table.get(List.of(key));
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof TomlTable found)) {
            throw wrong(key, key + " must be a table: [" + key + "]");
        }
        return Optional.of(tables.computeIfAbsent(key, any -> inner(found, key, wrongLine(key))));
    }

    /** The tables of an array of them. */
    List<TomlFile> tables(String key) {
        known.add(key);
        Object value = table.get(List.of(key));
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof TomlArray array) || !array.toList().stream().allMatch(TomlTable.class::isInstance)) {
            throw wrong(key, key + " must be one or more tables: [[" + key + "]]");
        }
        List<TomlFile> all = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            all.add(inner(array.getTable(i), key, array.inputPositionOf(i).line()));
        }
        return all;
    }

    private int wrongLine(String key) {
        var position = table.inputPositionOf(List.of(key));
        return position == null ? line : position.line();
    }

    private TomlFile inner(TomlTable found, String key, int at) {
        TomlFile tableIn = new TomlFile(file, found, key, at);
        inner.add(tableIn);
        return tableIn;
    }

    /** Complains of the first key that nobody asked for, here and in the tables within. */
    void end() {
        for (String key : table.keySet()) {
            if (!known.contains(key)) {
                throw wrong(key, unknown(key, name, known));
            }
        }
        inner.forEach(TomlFile::end);
    }

    /** The complaint of a key that is none, with the nearest that is. */
    static String unknown(String key, String table, Collection<String> known) {
        String nearest = known.stream().min(Comparator.comparingInt(other -> distance(key, other))).orElse("");
        boolean alike = !nearest.isEmpty() && distance(key, nearest) <= Math.max(2, key.length() / 3);
        return "there is no key " + key + (table.isEmpty() ? "" : " in [" + table + "]")
                + (alike ? "; did you mean " + nearest + "?" : "; there are " + String.join(", ", known));
    }

    /** Levenshtein's: how many letters must be put in, left out or changed. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
