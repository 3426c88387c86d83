package tapkit.render;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text as filled outlines, from a resource. The JDK's own fonts need the system's, which a bare server does not have, and
 * look different on each machine.
 */
final class Lettering {
    /** Where the text stands relative to its point. */
    enum Align {
        LEFT,
        CENTER,
        RIGHT
    }

    private record Glyph(double advance, Path2D outline) {
    }

    private static final double EM = 1000;
    private static final Pattern SEGMENT = Pattern.compile("([MLQZ])([-0-9,]*)");
    private static final Map<Character, Glyph> GLYPHS = load();

    private Lettering() {
    }

    /** Draws a line of text in the current colour; {@code y} is its base line. Characters without an outline become "?". */
    static void draw(Graphics2D g, String text, double x, double y, double size, Align align) {
        double width = width(text, size);
        double at = switch (align) {
            case LEFT -> x;
            case CENTER -> x - width / 2;
            case RIGHT -> x - width;
        };
        double scale = size / EM;
        for (int i = 0; i < text.length(); i++) {
            Glyph glyph = glyph(text.charAt(i));
            g.fill(new AffineTransform(scale, 0, 0, scale, at, y).createTransformedShape(glyph.outline));
            at += glyph.advance * scale;
        }
    }

    static double width(String text, double size) {
        return text.chars().mapToDouble(c -> glyph((char) c).advance).sum() * size / EM;
    }

    private static Glyph glyph(char c) {
        return GLYPHS.getOrDefault(c, GLYPHS.get('?'));
    }

    private static Map<Character, Glyph> load() {
        Map<Character, Glyph> glyphs = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Lettering.class.getResourceAsStream("lettering.txt"), StandardCharsets.UTF_8))) {
            // An empty line ends the notice.
            lines.lines().dropWhile(line -> !line.isEmpty()).skip(1).forEach(line -> {
                int space = line.indexOf(' ', 2);
                glyphs.put(line.charAt(0),
                        new Glyph(Double.parseDouble(line.substring(2, space)), path(line.substring(space))));
            });
            return glyphs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path2D path(String text) {
        Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        Matcher segments = SEGMENT.matcher(text);
        while (segments.find()) {
            String[] n = segments.group(2).split(",", -1);
            switch (segments.group(1)) {
                case "M" -> path.moveTo(number(n, 0), number(n, 1));
                case "L" -> path.lineTo(number(n, 0), number(n, 1));
                case "Q" -> path.quadTo(number(n, 0), number(n, 1), number(n, 2), number(n, 3));
                default -> path.closePath();
            }
        }
        return path;
    }

    private static double number(String[] numbers, int index) {
        return Double.parseDouble(numbers[index]);
    }
}
