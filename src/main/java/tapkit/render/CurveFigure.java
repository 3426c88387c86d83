package tapkit.render;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import tapkit.OutputFile;
import tapkit.render.Lettering.Align;

/** How a training goes: one panel for each figure, a line in it for each condition, over the epochs. */
public final class CurveFigure {
    private static final int COLUMNS = 2;
    private static final int TICKS = 4;
    private static final double MARGIN = 28;
    private static final double HEADER = 52;
    private static final double LABELS = 52;
    private static final double PANEL = 420;
    private static final double HEIGHT = 190;
    private static final double ABOVE = 34;
    private static final double BELOW = 40;
    private static final double SCALE = 1.5;

    private static final Color INK = new Color(0x26, 0x26, 0x32);
    private static final Color GREY = new Color(0x66, 0x66, 0x74);
    private static final Color GRID = new Color(0xD8, 0xD8, 0xE2);
    private static final List<Color> COLORS = List.of(new Color(0xC2, 0x45, 0x1E), new Color(0x1F, 0x6F, 0xA8),
            new Color(0x3A, 0x86, 0x48), new Color(0x7A, 0x4F, 0xA3));

    private CurveFigure() {
    }

    /** One figure in one condition: a value for each epoch, from the first. The name may be empty. */
    public record Curve(String name, List<Double> values) {
        public Curve {
            values = List.copyOf(values);
        }
    }

    /** What is drawn on one scale. */
    public record Panel(String name, List<Curve> curves) {
        public Panel {
            curves = List.copyOf(curves);
        }
    }

    /** Writes a PNG file, whole or not at all. The same values give the same bytes. */
    public static void write(Path file, String title, List<Panel> panels) {
        BufferedImage image = draw(title, panels);
        OutputFile.write(file, out -> ImageIO.write(image, "png", out));
    }

    static BufferedImage draw(String title, List<Panel> panels) {
        int rows = Math.ceilDiv(panels.size(), COLUMNS);
        double width = 2 * MARGIN + COLUMNS * (LABELS + PANEL);
        double height = HEADER + rows * (ABOVE + HEIGHT + BELOW) + MARGIN / 2;
        BufferedImage image = new BufferedImage((int) (width * SCALE), (int) (height * SCALE), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.scale(SCALE, SCALE);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setColor(Color.WHITE);
        g.fill(new Rectangle2D.Double(0, 0, width, height));
        g.setColor(INK);
        Lettering.draw(g, title, MARGIN, 30, 17, Align.LEFT);
        for (int i = 0; i < panels.size(); i++) {
            int row = i / COLUMNS;
            int column = i % COLUMNS;
            double left = MARGIN + LABELS + column * (LABELS + PANEL);
            new Frame(g, panels.get(i), left, HEADER + ABOVE + row * (ABOVE + HEIGHT + BELOW)).draw();
        }
        g.dispose();
        return image;
    }

    /** A panel with its scales, at a place of the picture. */
    private static final class Frame {
        private final Graphics2D g;
        private final Panel panel;
        private final double left;
        private final double top;
        private final int epochs;
        private final double low;
        private final double high;

        private Frame(Graphics2D g, Panel panel, double left, double top) {
            this.g = g;
            this.panel = panel;
            this.left = left;
            this.top = top;
            epochs = panel.curves().stream().mapToInt(curve -> curve.values().size()).max().orElse(0);
            double[] values = panel.curves().stream().flatMap(curve -> curve.values().stream()).mapToDouble(Double::doubleValue)
                    .filter(Double::isFinite).sorted().toArray();
            double least = values.length == 0 ? 0 : values[0];
            double most = values.length == 0 ? 1 : values[values.length - 1];
            double room = most > least ? 0.06 * (most - least) : 0.5;
            low = least - room;
            high = most + room;
        }

        private void draw() {
            g.setColor(INK);
            Lettering.draw(g, panel.name(), left, top - 10, 14, Align.LEFT);
            scales();
            double legend = left + PANEL - 24;
            for (int i = panel.curves().size() - 1; i >= 0; i--) {
                Curve curve = panel.curves().get(i);
                g.setColor(COLORS.get(i % COLORS.size()));
                curve(curve.values());
                Lettering.draw(g, curve.name(), legend, top - 10, 12, Align.RIGHT);
                legend -= Lettering.width(curve.name(), 12) + 16;
            }
        }

        private void scales() {
            g.setStroke(new BasicStroke(1));
            for (int tick = 0; tick <= TICKS; tick++) {
                double value = low + (high - low) * tick / TICKS;
                g.setColor(GRID);
                g.draw(new Line2D.Double(left, y(value), left + PANEL - 24, y(value)));
                g.setColor(GREY);
                Lettering.draw(g, String.format(Locale.ROOT, "%.3g", value).replace('-', '−'), left - 8, y(value) + 4, 11.5,
                        Align.RIGHT);
            }
            int every = Math.max(1, Math.ceilDiv(epochs, 8));
            for (int epoch = 1; epoch <= epochs; epoch += every) {
                Lettering.draw(g, Integer.toString(epoch), x(epoch), top + HEIGHT + 18, 11.5, Align.CENTER);
            }
            Lettering.draw(g, "epoch", left + PANEL - 24, top + HEIGHT + 32, 11.5, Align.RIGHT);
        }

        /** Dots, joined; what is no number is left out. */
        private void curve(List<Double> values) {
            Path2D path = new Path2D.Double();
            for (int i = 0; i < values.size(); i++) {
                double value = values.get(i);
                if (!Double.isFinite(value)) {
                    continue;
                }
                g.fill(new Ellipse2D.Double(x(i + 1) - 2.5, y(value) - 2.5, 5, 5));
                if (path.getCurrentPoint() == null) {
                    path.moveTo(x(i + 1), y(value));
                } else {
                    path.lineTo(x(i + 1), y(value));
                }
            }
            g.setStroke(new BasicStroke(1.8f));
            g.draw(path);
        }

        private double x(int epoch) {
            return left + 8 + (PANEL - 40) * (epochs < 2 ? 0.5 : (epoch - 1.0) / (epochs - 1));
        }

        private double y(double value) {
            return top + HEIGHT * (high - value) / (high - low);
        }
    }
}
