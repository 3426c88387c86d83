package tapkit.render;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import tapkit.OutputFile;
import tapkit.data.Quantizer;
import tapkit.data.Score;
import tapkit.data.Score.Note;
import tapkit.grid.Grid;
import tapkit.grid.Voice;
import tapkit.port.MidiMessage;
import tapkit.render.Lettering.Align;

/**
 * Taps and the drums that answer them as a picture, after figures 1 and 4 of the paper: voices as rows, velocity as colour,
 * microtiming as the distance between a mark's left edge and the grid line. Four bars a line, as many lines as it takes.
 */
public final class PianoRoll {
    /** From the top down, as drum notation has them. */
    private static final List<Voice> ROWS = List.of(Voice.CRASH, Voice.RIDE, Voice.OPEN_HAT, Voice.CLOSED_HAT, Voice.HIGH_TOM,
            Voice.MID_TOM, Voice.LOW_TOM, Voice.SNARE, Voice.KICK);
    /** A picture of more would be larger than viewers show; the title says how much there is. */
    private static final int MAX_BARS = 128;

    private static final double LEFT = 108;
    private static final double RIGHT = 24;
    private static final double ROLL_WIDTH = 1344;
    private static final double HEADER = 64;
    private static final double BAR_NUMBERS = 20;
    private static final double TAP_ROW = 34;
    private static final double GAP = 6;
    private static final double ROW = 22;
    private static final double BELOW = 26;
    private static final double FOOTER = 4;

    private static final Color INK = new Color(0x26, 0x26, 0x32);
    private static final Color GREY = new Color(0x77, 0x77, 0x85);
    private static final Color BAND = new Color(0xF5, 0xF5, 0xF9);
    private static final Color STEP_LINE = new Color(0xE4, 0xE4, 0xEC);
    private static final Color BEAT_LINE = new Color(0xBE, 0xBE, 0xCC);
    private static final Color BAR_LINE = new Color(0x55, 0x55, 0x66);
    private static final Color TAP = new Color(0x00, 0x7A, 0x87);
    private static final Color TAP_GUIDE = new Color(0x00, 0x7A, 0x87, 85);
    private static final Color TAP_BAND = new Color(0xEA, 0xF6, 0xF7);

    /** Without notes where drums alone are drawn. */
    private final Score taps;
    private final Score drums;
    /** Height of the taps' row and the gap below it; 0 where there are none. */
    private final double tapHeight;
    private final int bars;
    private final int barsPerLine;
    private final double stepWidth;

    private PianoRoll(Score taps, Score drums) {
        this.taps = taps;
        this.drums = drums;
        bars = Math.max(1, Math.max(Quantizer.barsCovering(taps), Quantizer.barsCovering(drums)));
        barsPerLine = Math.min(bars, 4);
        tapHeight = taps.notes().isEmpty() ? 0 : TAP_ROW + GAP;
        stepWidth = ROLL_WIDTH / barsPerLine / Grid.STEPS_PER_BAR;
    }

    /** Writes a PNG file, whole or not at all. The same scores give the same bytes. */
    public static void write(Path file, Score taps, Score drums) {
        BufferedImage image = draw(taps, drums);
        OutputFile.write(file, out -> ImageIO.write(image, "png", out));
    }

    /** The same without taps. */
    public static void write(Path file, Score drums) {
        write(file, new Score(drums.ticksPerBeat(), List.of(), List.of(), List.of(), List.of()), drums);
    }

    /**
     * @param taps  every note is a tap
     * @param drums notes of the drum channel that belong to a voice are drawn
     */
    static BufferedImage draw(Score taps, Score drums) {
        return new PianoRoll(taps, drums).draw();
    }

    private BufferedImage draw() {
        int shown = Math.min(bars, MAX_BARS);
        int lines = Math.ceilDiv(shown, barsPerLine);
        // Finer than the screen, for those with small pixels, unless that would be huge.
        double scale = shown <= 32 ? 1.5 : 1;
        double width = LEFT + ROLL_WIDTH + RIGHT;
        double height = HEADER + lines * system() + FOOTER;
        BufferedImage image = new BufferedImage((int) (width * scale), (int) (height * scale), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.scale(scale, scale);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setColor(Color.WHITE);
        g.fill(new Rectangle2D.Double(0, 0, width, height));
        header(g, shown);
        for (int line = 0; line < lines; line++) {
            grid(g, line, Math.min(barsPerLine, shown - line * barsPerLine));
        }
        taps.notes().forEach(note -> tap(g, note, shown));
        drums.notes().forEach(note -> drum(g, note, shown));
        g.dispose();
        return image;
    }

    private void header(Graphics2D g, int shown) {
        g.setColor(INK);
        String length = shown < bars ? "bars 1–" + shown + " of " + bars : bars + (bars == 1 ? " bar" : " bars");
        Lettering.draw(g, length + " at " + tempo() + " bpm", LEFT, 32, 21, Align.LEFT);
        g.setColor(GREY);
        Lettering.draw(g,
                (tapHeight == 0 ? "" : taps.notes().size() + " taps → ") + drums.notes().size()
                        + " drum notes · left edge = onset, its distance "
                        + "from the grid line = microtiming",
                LEFT, 53, 13, Align.LEFT);
        colorBar(g, LEFT + ROLL_WIDTH - 254, 18);
    }

    private void colorBar(Graphics2D g, double x, double y) {
        for (int velocity = 0; velocity < 127; velocity++) {
            g.setColor(VelocityColors.of(velocity));
            g.fill(new Rectangle2D.Double(x + velocity * 2, y, 2.5, 14));
        }
        g.setColor(GREY);
        Lettering.draw(g, "1", x, y + 29, 12, Align.LEFT);
        Lettering.draw(g, "velocity", x + 127, y + 29, 12, Align.CENTER);
        Lettering.draw(g, "127", x + 254, y + 29, 12, Align.RIGHT);
    }

    private String tempo() {
        double first = drums.bpmAt(0);
        boolean steady = drums.tempos().stream().allMatch(t -> Math.abs(t.bpm() - first) < 0.005);
        String text = new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(first);
        return steady ? text : text + " (changing)";
    }

    private void grid(Graphics2D g, int line, int lineBars) {
        double top = top(line);
        double width = lineBars * Grid.STEPS_PER_BAR * stepWidth;
        if (tapHeight > 0) {
            g.setColor(TAP_BAND);
            g.fill(new Rectangle2D.Double(LEFT, top, width, TAP_ROW));
            g.setColor(TAP);
            Lettering.draw(g, "taps", LEFT - 12, top + TAP_ROW / 2 + 5, 14, Align.RIGHT);
        }
        for (int row = 0; row < ROWS.size(); row++) {
            double y = rowTop(line, row);
            if (row % 2 == 0) {
                g.setColor(BAND);
                g.fill(new Rectangle2D.Double(LEFT, y, width, ROW));
            }
            g.setColor(INK);
            Lettering.draw(g, ROWS.get(row).label().replace('-', ' '), LEFT - 12, y + ROW / 2 + 5, 14, Align.RIGHT);
        }
        double bottom = rowTop(line, ROWS.size());
        for (int step = 0; step <= lineBars * Grid.STEPS_PER_BAR; step++) {
            boolean bar = step % Grid.STEPS_PER_BAR == 0;
            boolean beat = step % Grid.STEPS_PER_BEAT == 0;
            g.setColor(bar ? BAR_LINE : beat ? BEAT_LINE : STEP_LINE);
            g.setStroke(new BasicStroke(bar ? 1.6f : 1f));
            double x = LEFT + step * stepWidth;
            g.draw(new Line2D.Double(x, top, x, top + Math.max(0, tapHeight - GAP)));
            g.draw(new Line2D.Double(x, rowTop(line, 0), x, bottom));
            if (bar && step < lineBars * Grid.STEPS_PER_BAR) {
                g.setColor(GREY);
                String number = Integer.toString(line * barsPerLine + step / Grid.STEPS_PER_BAR + 1);
                Lettering.draw(g, number, x + 2, top - 6, 13, Align.LEFT);
            }
        }
    }

    /** A dot, the larger the harder, and a thin line down to the drums that answer it. */
    private void tap(Graphics2D g, Note note, int shown) {
        double position = position(taps, note);
        int line = line(position);
        if (line * barsPerLine >= shown) {
            return;
        }
        double x = x(position, line);
        double y = top(line) + TAP_ROW / 2;
        g.setColor(TAP_GUIDE);
        g.setStroke(new BasicStroke(1.2f));
        g.draw(new Line2D.Double(x, y, x, rowTop(line, ROWS.size())));
        double radius = 3.5 + 5.5 * note.velocity() / 127;
        g.setColor(TAP);
        g.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    private void drum(Graphics2D g, Note note, int shown) {
        int voice = Voice.ofNote(note.note());
        double position = position(drums, note);
        int line = line(position);
        if (note.channel() != MidiMessage.DRUM_CHANNEL || voice < 0 || line * barsPerLine >= shown) {
            return;
        }
        double x = x(position, line);
        double y = rowTop(line, ROWS.indexOf(Voice.of(voice))) + 3;
        double width = Math.min(0.62 * stepWidth, 20);
        Color color = VelocityColors.of(note.velocity());
        g.setColor(color);
        g.fill(new RoundRectangle2D.Double(x, y, width, ROW - 6, 5, 5));
        g.setColor(color.darker());
        g.fill(new Rectangle2D.Double(x, y, 2, ROW - 6));
    }

    /** Position in steps from the start. */
    private static double position(Score score, Note note) {
        return (double) note.onTick() * Grid.STEPS_PER_BEAT / score.ticksPerBeat();
    }

    /** The line of the bar that the onset belongs to: an early downbeat stands a little before its line begins. */
    private int line(double position) {
        return (int) (Grid.step(position) / ((long) barsPerLine * Grid.STEPS_PER_BAR));
    }

    private double x(double position, int line) {
        return LEFT + (position - (double) line * barsPerLine * Grid.STEPS_PER_BAR) * stepWidth;
    }

    /** Height of a line of bars. */
    private double system() {
        return BAR_NUMBERS + tapHeight + ROWS.size() * ROW + BELOW;
    }

    private double top(int line) {
        return HEADER + line * system() + BAR_NUMBERS;
    }

    private double rowTop(int line, int row) {
        return top(line) + tapHeight + row * ROW;
    }
}
