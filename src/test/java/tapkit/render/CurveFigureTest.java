package tapkit.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.render.CurveFigure.Curve;
import tapkit.render.CurveFigure.Panel;

class CurveFigureTest {
    private static final int FIRST = 0xFFC2451E;
    private static final int SECOND = 0xFF1F6FA8;

    @TempDir
    private Path folder;

    @Test
    void shouldDrawWhatFallsFromLeftToRight() {
        BufferedImage image = CurveFigure.draw("title",
                List.of(new Panel("loss", List.of(new Curve("", List.of(3.0, 2.0, 1.5, 1.0))))));
        int third = image.getWidth() / 6;
        assertThat(height(image, FIRST, third, third + 40)).isLessThan(height(image, FIRST, 2 * third, 2 * third + 40) - 30);
        assertThat(height(image, FIRST, image.getWidth() / 2, image.getWidth())).as("the second panel").isNaN();
    }

    @Test
    void shouldDrawEachConditionOnOneScale() {
        BufferedImage image = CurveFigure.draw("title", List.of(
                new Panel("F1", List.of(new Curve("good", List.of(0.6, 0.7)), new Curve("bad", List.of(0.2, Double.NaN))))));
        assertThat(height(image, FIRST, 100, 200)).isLessThan(height(image, SECOND, 100, 200));
    }

    @Test
    void shouldWriteTheSameBytesAgainAndBearOneEpoch() throws Exception {
        List<Panel> panels = List.of(new Panel("loss", List.of(new Curve("", List.of(1.0)))), new Panel("none", List.of()));
        CurveFigure.write(folder.resolve("a.png"), "title", panels);
        CurveFigure.write(folder.resolve("b.png"), "title", panels);
        assertThat(Files.readAllBytes(folder.resolve("a.png"))).isEqualTo(Files.readAllBytes(folder.resolve("b.png")));
    }

    /** Mean row of a colour in some columns, below the panels' titles. */
    private static double height(BufferedImage image, int color, int from, int to) {
        return IntStream.range(from, to)
                .flatMap(x -> IntStream.range(130, image.getHeight()).filter(y -> image.getRGB(x, y) == color)).average()
                .orElse(Double.NaN);
    }
}
