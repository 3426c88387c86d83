package tapkit.render;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import tapkit.OutputFile;
import tapkit.render.Lettering.Align;

/**
 * The paper's figure 2: how hits are distributed around the grid, on the beat and off it, the drummers' as areas and the model's as
 * lines.
 */
public final class OffsetFigure {
    private static final List<String> PLACES = List.of("on the beat", "a sixteenth after it", "off the beat (the eighth)",
            "a sixteenth before it");
    /** Of the 120 ticks that a sixteenth has in the dataset, three each. */
    private static final int BINS = 40;

    private static final double MARGIN = 28;
    private static final double HEADER = 78;
    private static final double PANEL = 320;
    private static final double HEIGHT = 240;
    private static final double GAP = 26;
    private static final double BELOW = 62;
    private static final double SCALE = 1.5;

    private static final Color INK = new Color(0x26, 0x26, 0x32);
    private static final Color GREY = new Color(0x66, 0x66, 0x74);
    private static final Color LINE = new Color(0xD8, 0xD8, 0xE2);
    private static final Color DRUMMERS = new Color(0xB9, 0xC4, 0xD0);
    private static final Color DRUMMERS_MEAN = new Color(0x5F, 0x6F, 0x80);
    private static final Color MODEL = new Color(0xC2, 0x45, 0x1E);

    private OffsetFigure() {
    }

    /**
     * Writes a PNG file, whole or not at all. The same offsets give the same bytes.
     *
     * @param title    what is shown, in words
     * @param drummers offsets in steps, in [−0.5, 0.5], for each of the four places in a beat
     * @param model    the model's
     */
    public static void write(Path file, String title, List<double[]> drummers, List<double[]> model) {
        BufferedImage image = draw(title, drummers, model);
        OutputFile.write(file, out -> ImageIO.write(image, "png", out));
    }

    static BufferedImage draw(String title, List<double[]> drummers, List<double[]> model) {
        double width = 2 * MARGIN + PLACES.size() * PANEL + (PLACES.size() - 1) * GAP;
        double height = HEADER + HEIGHT + BELOW;
        BufferedImage image = new BufferedImage((int) (width * SCALE), (int) (height * SCALE), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.scale(SCALE, SCALE);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setColor(Color.WHITE);
        g.fill(new Rectangle2D.Double(0, 0, width, height));
        g.setColor(INK);
        Lettering.draw(g, title, MARGIN, 28, 17, Align.LEFT);
        legend(g, width - MARGIN);
        double highest = Math.max(highest(drummers), highest(model));
        for (int place = 0; place < PLACES.size(); place++) {
            double left = MARGIN + place * (PANEL + GAP);
            panel(g, left, PLACES.get(place), drummers.get(place), model.get(place), highest);
        }
        g.dispose();
        return image;
    }

    private static void legend(Graphics2D g, double right) {
        g.setColor(MODEL);
        g.setStroke(new BasicStroke(2.5f));
        g.draw(new Line2D.Double(right - 62, 22, right - 42, 22));
        Lettering.draw(g, "ours", right, 27, 14, Align.RIGHT);
        g.setColor(DRUMMERS);
        g.fill(new Rectangle2D.Double(right - 178, 15, 20, 14));
        g.setColor(DRUMMERS_MEAN);
        Lettering.draw(g, "drummers", right - 78, 27, 14, Align.RIGHT);
    }

    private static void panel(Graphics2D g, double left, String name, double[] drummers, double[] model, double highest) {
        double bottom = HEADER + HEIGHT;
        g.setColor(INK);
        Lettering.draw(g, name, left + PANEL / 2, HEADER - 20, 14, Align.CENTER);
        g.setColor(GREY);
        Lettering.draw(g, String.format(Locale.ROOT, "%,d hits", drummers.length), left + PANEL / 2, HEADER - 4, 11.5,
                Align.CENTER);
        g.setStroke(new BasicStroke(1));
        for (int tenth = -4; tenth <= 4; tenth += 2) {
            double x = left + PANEL * (tenth / 10.0 + 0.5);
            g.setColor(LINE);
            g.draw(new Line2D.Double(x, HEADER, x, bottom));
            g.setColor(GREY);
            String sign = tenth < 0 ? "−" : tenth > 0 ? "+" : "";
            Lettering.draw(g, tenth == 0 ? "0" : sign + "0." + Math.abs(tenth), x, bottom + 16, 11.5, Align.CENTER);
        }
        Lettering.draw(g, "early", left, bottom + 32, 11.5, Align.LEFT);
        Lettering.draw(g, "late", left + PANEL, bottom + 32, 11.5, Align.RIGHT);
        Lettering.draw(g, "sixteenths", left + PANEL / 2, bottom + 32, 11.5, Align.CENTER);
        g.setColor(DRUMMERS);
        g.fill(area(left, density(drummers), highest, true));
        mean(g, left, drummers, DRUMMERS_MEAN);
        g.setColor(MODEL);
        g.setStroke(new BasicStroke(2.2f));
        g.draw(area(left, density(model), highest, false));
        mean(g, left, model, MODEL);
        g.setColor(GREY);
        g.setStroke(new BasicStroke(1));
        g.draw(new Line2D.Double(left, bottom, left + PANEL, bottom));
        Lettering.draw(g, "drummers " + figures(drummers) + ", ours " + figures(model), left + PANEL / 2,
                bottom + 50, 11, Align.CENTER);
    }

    /** A short mark from the axis up, where the mean is. */
    private static void mean(Graphics2D g, double left, double[] offsets, Color color) {
        if (offsets.length > 0) {
            double x = left + PANEL * (Arrays.stream(offsets).average().orElseThrow() + 0.5);
            g.setColor(color);
            g.setStroke(new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[]{4, 3}, 0));
            g.draw(new Line2D.Double(x, HEADER + HEIGHT, x, HEADER + HEIGHT - 26));
        }
    }

    private static Path2D area(double left, double[] density, double highest, boolean closed) {
        double bottom = HEADER + HEIGHT;
        Path2D path = new Path2D.Double();
        path.moveTo(left, bottom);
        for (int bin = 0; bin < BINS; bin++) {
            double y = bottom - density[bin] / highest * (HEIGHT - 6);
            path.lineTo(left + PANEL * bin / BINS, y);
            path.lineTo(left + PANEL * (bin + 1) / BINS, y);
        }
        path.lineTo(left + PANEL, bottom);
        if (closed) {
            path.closePath();
        }
        return path;
    }

    /** Share of the offsets in each bin. */
    private static double[] density(double[] offsets) {
        double[] density = new double[BINS];
        for (double offset : offsets) {
            density[Math.clamp((int) ((offset + 0.5) * BINS), 0, BINS - 1)] += 1.0 / offsets.length;
        }
        return density;
    }

    private static double highest(List<double[]> offsets) {
        return offsets.stream().flatMapToDouble(place -> Arrays.stream(density(place))).max().orElse(1);
    }

    private static String figures(double[] offsets) {
        if (offsets.length == 0) {
            return "-";
        }
        double mean = Arrays.stream(offsets).average().orElseThrow();
        double variance = Arrays.stream(offsets).map(o -> (o - mean) * (o - mean)).average().orElseThrow();
        return String.format(Locale.ROOT, "%+.2f (%.2f)", mean, Math.sqrt(variance)).replace('-', '−');
    }
}
