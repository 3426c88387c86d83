package tapkit.licenses;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The licences and notices of tapkit, of what its models learned from, and of the libraries that are on the class path. */
public final class Licenses {
    private static final List<String> TEXTS = List.of("META-INF/NOTICE", "META-INF/NOTICE.txt", "META-INF/NOTICE.md",
            "META-INF/LICENSE", "META-INF/LICENSE.txt", "META-INF/LICENSE.md");
    /** Of libraries whose jars hold none. */
    private static final List<String> OURS = List.of("BSD-3-Clause.txt", "EPL-1.0.txt");
    private static final Pattern JAR = Pattern.compile(".*/([^/!]+)\\.jar!/.*");
    private static final String RULE = "=".repeat(100);

    /**
     * A library.
     *
     * @param name of its artifact
     */
    record Library(String name, String group, String license, String home) {
        /** The version that a jar's name tells, if the jar is this library's. */
        Optional<String> versionIn(String jar) {
            return jar.matches(Pattern.quote(name) + "-[0-9].*")
                    ? Optional.of(jar.substring(name.length() + 1))
                    : Optional.empty();
        }
    }

    private Licenses() {
    }

    /** Everything, line by line, for people. */
    public static List<String> text() {
        List<String> lines = new ArrayList<>(own("NOTICE").lines().toList());
        Map<String, Library> libraries = onClassPath();
        lines.addAll(List.of("", RULE, "Libraries", ""));
        libraries.forEach(
                (jar, library) -> lines.add("%-45s %s%n%-45s %s".formatted(jar, library.license(), "", library.home())));
        add(lines, "Apache License 2.0: tapkit itself, and the libraries above that are under it", own("LICENSE"));
        OURS.forEach(name -> add(lines, "From libraries above", own(name)));
        fromJars(libraries).forEach((text, jars) -> add(lines, "In " + String.join(", ", jars), text));
        return lines;
    }

    private static void add(List<String> lines, String title, String text) {
        lines.addAll(List.of("", RULE, title, ""));
        lines.addAll(text.lines().toList());
    }

    /** The list of what ships. */
    static List<Library> known() {
        return own("libraries.txt").lines().filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" \\| ", -1))
                .map(parts -> new Library(parts[0], parts[1], parts[2], parts[3])).toList();
    }

    /** The library that a jar is, by its name without the ending. */
    static Optional<Library> of(String jar) {
        return known().stream().filter(library -> library.versionIn(jar).isPresent())
                .max(Comparator.comparingInt(library -> library.name().length()));
    }

    /** What is on the class path, by the jar. */
    private static Map<String, Library> onClassPath() {
        Map<String, Library> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (URL manifest : resources("META-INF/MANIFEST.MF")) {
            jar(manifest).ifPresent(jar -> of(jar).ifPresent(library -> found.put(jar, library)));
        }
        return found;
    }

    /** Texts that jars hold, each once, with the jars that hold it; tapkit's own licence not again. */
    private static Map<String, Set<String>> fromJars(Map<String, Library> libraries) {
        Map<String, Set<String>> holders = new LinkedHashMap<>();
        Map<String, String> firstOfItsWords = new LinkedHashMap<>();
        String apache = words(own("LICENSE"));
        for (String name : TEXTS) {
            for (URL url : resources(name)) {
                Optional<String> jar = jar(url).filter(libraries::containsKey);
                String text = jar.isPresent() ? read(url).strip() : "";
                if (!text.isEmpty() && !words(text).equals(apache)) {
                    String first = firstOfItsWords.computeIfAbsent(words(text), any -> text);
                    holders.computeIfAbsent(first, any -> new TreeSet<>()).add(jar.orElseThrow());
                }
            }
        }
        return holders;
    }

    private static String words(String text) {
        return String.join(" ", Arrays.asList(text.strip().split("\\s+")));
    }

    private static Optional<String> jar(URL url) {
        Matcher matcher = JAR.matcher(url.toString());
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static List<URL> resources(String name) {
        try {
            return Collections.list(Licenses.class.getClassLoader().getResources(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String own(String name) {
        return read(Licenses.class.getResource(name));
    }

    private static String read(URL url) {
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
