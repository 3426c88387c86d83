package tapkit.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapkit.data.Score;
import tapkit.data.Score.Note;
import tapkit.grid.Voice;

/** Looks at pictures: where marks are and what colour they have. */
class PianoRollTest {
    private static final Score NOTHING = score();

    @TempDir
    private Path folder;

    @Test
    void shouldPutEachVoiceInARowOfItsOwn() {
        List<Integer> rows = IntStream.range(0, 9).map(voice -> centerY(draw(note(0, Voice.of(voice), 127)), 127)).boxed()
                .toList();

        assertThat(rows).doesNotHaveDuplicates();
        assertThat(rows.get(Voice.CRASH.ordinal())).isLessThan(rows.get(Voice.SNARE.ordinal()));
        assertThat(rows.get(Voice.SNARE.ordinal())).isLessThan(rows.get(Voice.KICK.ordinal()));
    }

    @Test
    void shouldShowMicrotimingAsDistanceFromTheGrid() {
        int early = leftX(draw(note(480 - 30, Voice.SNARE, 127)), 127);
        int onGrid = leftX(draw(note(480, Voice.SNARE, 127)), 127);
        int late = leftX(draw(note(480 + 30, Voice.SNARE, 127)), 127);

        assertThat(onGrid - early).isGreaterThan(10);
        assertThat(late - onGrid).isCloseTo(onGrid - early, Offset.offset(1));
    }

    @Test
    void shouldShowVelocityAsColour() {
        for (int velocity : new int[]{1, 40, 80, 127}) {
            assertThat(count(draw(note(480, Voice.SNARE, velocity)), VelocityColors.of(velocity))).isGreaterThan(100);
        }
    }

    @Test
    void shouldBreakLongMusicIntoLines() {
        BufferedImage four = draw(note(3 * 1920, Voice.KICK, 127));
        BufferedImage five = draw(note(4 * 1920, Voice.KICK, 127));

        assertThat(five.getWidth()).isEqualTo(four.getWidth());
        assertThat(five.getHeight()).isGreaterThan(four.getHeight() + 200);
        assertThat(leftX(five, 127)).isLessThan(leftX(four, 127));
    }

    @Test
    void shouldLeaveTheTapsOutWhereThereAreNone() {
        Score drums = score(note(480, Voice.RIDE, 77));

        assertThat(PianoRoll.draw(NOTHING, drums).getHeight()).isLessThan(PianoRoll.draw(drums, drums).getHeight() - 20);
    }

    @Test
    void shouldStayWithinASizeThatViewersShow() {
        BufferedImage image = draw(note(1920L * 5000, Voice.KICK, 127));

        assertThat(image.getHeight()).isLessThan(16_000);
    }

    @Test
    void shouldWriteTheSamePngAgain() throws Exception {
        Score drums = score(note(100, Voice.RIDE, 77));
        PianoRoll.write(folder.resolve("a.png"), drums, drums);
        PianoRoll.write(folder.resolve("b.png"), drums, drums);

        assertThat(Files.readAllBytes(folder.resolve("a.png"))).isEqualTo(Files.readAllBytes(folder.resolve("b.png")));
        assertThat(ImageIO.read(folder.resolve("a.png").toFile()).getWidth()).isGreaterThan(1000);
    }

    private static BufferedImage draw(Note note) {
        return PianoRoll.draw(NOTHING, score(note));
    }

    private static Score score(Note... notes) {
        return new Score(480, List.of(), List.of(), List.of(notes), List.of());
    }

    private static Note note(long tick, Voice voice, int velocity) {
        return new Note(tick, tick + 60, 0, 9, voice.note(), velocity);
    }

    private static long count(BufferedImage image, Color color) {
        return pixels(image, color).count();
    }

    private static int centerY(BufferedImage image, int velocity) {
        return (int) Math
                .round(pixels(image, VelocityColors.of(velocity)).map(p -> p / image.getWidth()).average().orElseThrow());
    }

    private static int leftX(BufferedImage image, int velocity) {
        return pixels(image, VelocityColors.of(velocity)).map(p -> p % image.getWidth()).min().orElseThrow();
    }

    /** Indexes of the pixels of a colour below the header, whose colour bar has every one. */
    private static IntStream pixels(BufferedImage image, Color color) {
        int width = image.getWidth();
        return IntStream.range(90 * width, image.getHeight() * width).filter(p -> image.getRGB(p % width, p / width) == color
                .getRGB());
    }
}
