package tapkit.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OffsetFigureTest {
    private static final int MODEL = 0xFFC2451E;

    @TempDir
    Path folder;

    @Test
    void shouldDrawTheModelWhereItsOffsetsAre() throws Exception {
        BufferedImage early = OffsetFigure.draw("early", offsets(0), offsets(-0.3));
        BufferedImage late = OffsetFigure.draw("late", offsets(0), offsets(0.3));
        assertThat(center(early)).isLessThan(center(late) - 50);
        Path file = folder.resolve("figure.png");
        OffsetFigure.write(file, "title", offsets(0), offsets(0.1));
        byte[] bytes = Files.readAllBytes(file);
        OffsetFigure.write(file, "title", offsets(0), offsets(0.1));
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
        // Nothing to show is no failure.
        OffsetFigure.write(file, "title", offsets(0), List.of(new double[0], new double[0], new double[0], new double[0]));
    }

    /** Mean column of the model's colour in the first panel, below the legend. */
    private static double center(BufferedImage image) {
        return IntStream.range(0, 480).filter(x -> IntStream.range(130, 450).anyMatch(y -> image.getRGB(x, y) == MODEL))
                .average().orElseThrow();
    }

    private static List<double[]> offsets(double mean) {
        SplittableRandom random = new SplittableRandom(1);
        return IntStream.range(0, 4).mapToObj(place -> DoubleStream.generate(() -> random.nextGaussian(mean, 0.03)).limit(500)
                .map(o -> Math.clamp(o, -0.5, 0.5)).toArray()).toList();
    }
}
